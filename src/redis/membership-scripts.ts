import { script } from './link.ts';
import { windowBasis } from './window-script.ts';

/**
 * A replica is alive. It claims the share that it believes to have, and is granted one such that all shares together are never more than the whole, and one is
 * left for who comes next. The greater of both is written down: whether it hears this reply or not, it believes in no more than that. A beat that comes too late
 * changes nothing. Where a server has another memory than the one that the replica knew, it may take part only after a silence; before, it only tells what it
 * knew of the shares.
 */
export const beatScript = script(`${windowBasis}
local id, place, claimed, number, notAfter = ARGV[10], ARGV[11], tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
local ageUs, joined, isSilenced, asks = tonumber(ARGV[15]), ARGV[16], ARGV[17] == '1', ARGV[18]
local born = now - ageUs

local function write(each)
  local text = digits(each.beat) .. ' ' .. digits(each.share) .. ' ' .. digits(each.gone) .. ' ' .. digits(each.number) .. ' ' .. each.place
  redis.call('hset', replicas, each.id, text)
end

-- What this replica knows of all and the server doesn't, for it has been emptied: they may still count on their shares. Of several tellings the greatest holds.
local function learnRoster()
  local known = {}
  for _, each in ipairs(roster()) do known[each.id] = each end
  for at = 19, #ARGV, 4 do
    local other, otherPlace, share, age = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
    local each = known[other]
    if each and each.number == 0 and each.share < share then
      each.share = share
      write(each)
    elseif not each and age < forgottenUs then
      write({ id = other, beat = now - age, share = share, gone = now - age + forgottenUs, number = 0, place = otherPlace })
    end
  end
end

-- One that was here before this one was started is no more: at once, or when the calls that it made unheard count no more.
local function isReplaced(other)
  if place == '' or other.place ~= place or born <= other.beat then return false end
  local untilUs = born + 2 * holdUs
  if born < other.beat + lapseUs or untilUs <= now then
    redis.call('hdel', replicas, other.id)
    return true
  end
  if untilUs < other.gone then
    other.gone = untilUs
    write(other)
  end
  return false
end

local function grantedOf(others, count)
  local left = callsMax - others
  local share = math.min(math.floor(callsMax / math.max(count + 1, expected)), math.floor(left / 2))
  -- A new one may be gone soon, and a server that has forgotten all may not have been told of all shares yet.
  local since = tonumber(redis.call('hget', state, 'since') or '') or now
  if ageUs < lapseUs or now < since + holdUs + lapseUs then share = math.min(share, claimed) end
  return math.max(0, share)
end

return run(function()
  if notAfter < now then return 'late' end
  if joined ~= '' and joined ~= knownWord() then
    learnRoster()
    shutForPast()
    if not isSilenced then return 'elsewhere' end
  end
  local others, count = 0, 1
  for _, each in ipairs(roster()) do
    if each.id == id then
      if number <= each.number then return 'late' end
    elseif not isReplaced(each) then
      others = others + each.share
      count = count + 1
    end
  end
  local granted = grantedOf(others, count)
  write({ id = id, beat = now, share = math.max(claimed, granted), gone = now + forgottenUs, number = number, place = place })
  noteAsks(id, asks)
  for _, key in ipairs(KEYS) do redis.call('pexpire', key, 30 * dayUs / 1000) end
  local known = { granted }
  for _, each in ipairs(roster()) do
    for _, fact in ipairs({ each.id, each.place, each.share, now - each.beat }) do known[#known + 1] = fact end
  end
  return 'heard', known
end)
`);

/** A replica says goodbye: nothing is kept for it any more. Its slots count as long as they do. */
export const leaveScript = script(`${windowBasis}
local id = ARGV[10]
return run(function()
  redis.call('hdel', replicas, id)
  redis.call('hdel', waiting, id)
  return 'noted'
end)
`);

/** What the server knows now. */
export const lookScript = script(`${windowBasis}
return run(function() return 'seen' end)
`);
