import { script } from './link.ts';
import { windowBasis } from './window-script.ts';

/**
 * Takes a slot for a call, if there is one for its kind and caller. One who has his share of the window, or whom nobody waits for, yields to another who
 * waits, had less than his share, and could be served: that one's own ask is granted whenever it comes, so somebody always can be served.
 */
export const takeScript = script(`${windowBasis}
local member, kind, caller, joined = ARGV[10], ARGV[11], ARGV[12], ARGV[13]

-- Who waits, and how many callers are active, of whom the asking one is one.
local function asksOfOthers(heldBy)
  local isRead, flat = pcall(redis.call, 'hgetall', waiting)
  if not isRead then
    redis.call('del', waiting)
    flat = {}
  end
  local asks, isCounted, activeCount = {}, {}, redis.call('hlen', callers) - 1
  local function count(name)
    if name ~= '' and not isCounted[name] and heldBy(name) == 0 then activeCount = activeCount + 1 end
    isCounted[name] = true
  end
  count(caller)
  for at = 1, #flat, 2 do
    local untilUs = tonumber(string.match(flat[at + 1], '^(%d+)') or '')
    if not untilUs or untilUs <= now or now + dayUs < untilUs then
      redis.call('hdel', waiting, flat[at])
    else
      for otherKind, name in string.gmatch(flat[at + 1], ' ([ds]):(%x+)') do
        count(name)
        if name ~= caller then asks[#asks + 1] = { kind = otherKind, caller = name } end
      end
    end
  end
  return asks, activeCount
end

local function mustYield(seen)
  local held = {}
  local function heldBy(name)
    if name == '' then return 0 end
    held[name] = held[name] or tonumber(redis.call('hget', callers, name) or '0')
    return held[name]
  end
  local asks, activeCount = asksOfOthers(heldBy)
  local share = seen.limit
  if 1 < activeCount then share = math.max(1, math.floor(seen.limit / activeCount)) end
  if kind ~= 'b' and heldBy(caller) < share then return false end
  for _, ask in ipairs(asks) do
    local isOpen = ask.kind == 'd' or seen.scanCount < seen.scanMax
    if isOpen and heldBy(ask.caller) < share then return true end
  end
  return false
end

return run(function()
  local seen = facts()
  if joined ~= knownWord() then
    shutForPast()
    return 'elsewhere'
  end
  if now < seen.shut then return 'shut' end
  if seen.limit <= seen.count then return 'full' end
  if kind ~= 'd' and seen.scanMax <= seen.scanCount then return 'kind' end
  if kind == 'b' and seen.behindMax <= seen.behindCount then return 'kind' end
  if mustYield(seen) then return 'share' end
  put(member, now + holdUs)
  return 'granted'
end)
`);

/** Says of slots for how long they still count, whether they are there or not: they ended, or were taken while this server could not be reached. */
export const tellScript = script(`${windowBasis}
return run(function()
  for at = 10, #ARGV, 2 do
    local member, left = ARGV[at], tonumber(ARGV[at + 1])
    if 0 < left then put(member, now + math.min(left, holdUs))
    elseif redis.call('zscore', slots, member) then drop(member) end
  end
  return 'told'
end)
`);

/** Who waits at a replica, until a while after it said so last. */
export const waitScript = script(`${windowBasis}
local id, asks = ARGV[10], ARGV[11]
return run(function()
  noteAsks(id, asks)
  return 'noted'
end)
`);

/**
 * Nobody calls for so long. A refusal of the upstream teaches how many calls it lets through, unless it has refused already, or the server doesn't know a whole
 * window: those that were answered, a tenth of what was set at least.
 */
export const shutScript = script(`${windowBasis}
local shutUs, isRefusal = tonumber(ARGV[10]), ARGV[11] == '1'
return run(function()
  local shut, since = tonumber(redis.call('hget', state, 'shut')), tonumber(redis.call('hget', state, 'since') or '')
  if isRefusal and shut <= now and since and since + holdUs + windowUs <= now then
    local answered = redis.call('zcount', slots, '(0', now + countsUs)
    local learned = math.max(math.ceil(callsMax / 10), math.min(learnedMax(), answered))
    redis.call('hset', state, 'learned', digits(learned), 'learnedAt', digits(now))
  end
  redis.call('hset', state, 'shut', digits(math.max(shut, now + math.min(shutUs, dayUs / 2))))
  return 'noted'
end)
`);
