/**
 * What all scripts of the window share, in Lua. All its keys are of one slot, all times are microseconds of the server's own clock. Nothing is believed that the
 * server may have forgotten in part: each key carries the word of its epoch, and without it everything begins anew, shut until whoever knew what was before has said so, and
 * then for as long as a call of before can count.
 */
export const windowBasis = `
local slots, scans, behind, callers, state, waiting, replicas = unpack(KEYS)
local word, callsMax, windowUs, holdUs = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local kept, lapseUs, forgottenUs = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local expected, countsUs = tonumber(ARGV[8]), tonumber(ARGV[9])
local dayUs = 86400000000
-- Three beats, and time to connect again: who lives and can be heard has said something by then.
local gatherUs = math.max(math.floor(lapseUs * 3 / 5), 1500000)
local clock = redis.call('time')
local now = clock[1] * 1000000 + clock[2]

-- Lua would write a number of this size with too few digits.
local function digits(number)
  return string.format('%.0f', number)
end

local function runOfServer()
  local isTold, text = pcall(redis.call, 'info', 'server')
  if not isTold or type(text) ~= 'string' then return '' end
  return string.match(text, 'run_id:(%w+)') or ''
end

local function knownWord()
  return redis.call('hget', state, 'word')
end

local function isKnown()
  local known = knownWord()
  if not known then return false end
  for _, set in ipairs({ slots, scans, behind }) do
    if not redis.call('zscore', set, '#' .. known) then return false end
  end
  for _, hash in ipairs({ callers, replicas }) do
    if redis.call('hget', hash, '#') ~= known then return false end
  end
  local shut = tonumber(redis.call('hget', state, 'shut'))
  if not shut or now + dayUs < shut then return false end
  return redis.call('hget', state, 'run') == runOfServer()
end

local function begin()
  redis.call('del', unpack(KEYS))
  for _, set in ipairs({ slots, scans, behind }) do redis.call('zadd', set, 0, '#' .. word) end
  for _, hash in ipairs({ callers, replicas }) do redis.call('hset', hash, '#', word) end
  redis.call('hset', state, 'word', word, 'run', runOfServer(), 'since', digits(now), 'shut', digits(now + gatherUs))
end

-- Somebody knew what was before this server's memory begins: his calls, or those of others whom he knew, may count still.
local function shutForPast()
  local since, shut = tonumber(redis.call('hget', state, 'since') or '') or now, tonumber(redis.call('hget', state, 'shut'))
  if shut < since + holdUs then redis.call('hset', state, 'shut', digits(since + holdUs)) end
end

-- A slot's name ends with its kind and its caller: its kind says in which sets it is.
local function setsOf(member)
  local kind, caller = string.match(member, ':([dsb]):(%x*)$')
  if kind == 'd' then return { slots }, caller end
  if kind == 's' then return { slots, scans }, caller end
  return { slots, scans, behind }, caller or ''
end

local function drop(member)
  local sets, caller = setsOf(member)
  for _, set in ipairs(sets) do redis.call('zrem', set, member) end
  if caller == '' then return end
  local left = redis.call('hincrby', callers, caller, -1)
  if left < 0 then error('a caller had fewer than none') end
  if left == 0 then redis.call('hdel', callers, caller) end
end

-- A slot counts until then. One that isn't there is added.
local function put(member, untilUs)
  local sets, caller = setsOf(member)
  if caller ~= '' and not redis.call('zscore', slots, member) then redis.call('hincrby', callers, caller, 1) end
  for _, set in ipairs(sets) do redis.call('zadd', set, digits(untilUs), member) end
end

local batch = 500

local function purge()
  local mark = '#' .. knownWord()
  local gone
  repeat
    gone = redis.call('zrangebyscore', slots, '-inf', now, 'limit', 0, batch)
    for _, member in ipairs(gone) do
      if member ~= mark then drop(member) end
    end
  until #gone < batch
  for _, set in ipairs({ scans, behind }) do redis.call('zremrangebyscore', set, '(0', now) end
  -- No slot can count so long, unless the clock went back: then it counts anew, for it is not known how much is over.
  local far = '(' .. digits(now + holdUs + 1000000)
  for _, member in ipairs(redis.call('zrangebyscore', slots, far, '+inf', 'limit', 0, batch)) do put(member, now + holdUs) end
end

-- Those who share the window: when each was heard of last, and how many calls it may make when it can't reach this server.
local function roster()
  local list, flat = {}, redis.call('hgetall', replicas)
  for at = 1, #flat, 2 do
    if flat[at] ~= '#' then
      local beat, share, gone, number, place = string.match(flat[at + 1], '^(%d+) (%d+) (%d+) (%d+) (%x*)$')
      if not beat then error('a replica can not be read') end
      local each = { id = flat[at], beat = tonumber(beat), share = tonumber(share), gone = tonumber(gone), number = tonumber(number), place = place }
      if each.gone <= now then redis.call('hdel', replicas, each.id) else list[#list + 1] = each end
    end
  end
  return list
end

local function isLapsed(replica)
  return lapseUs < math.abs(now - replica.beat)
end

-- What the upstream seems to let through: less than was set after a refusal, and a tenth more in each window since.
local function learnedMax()
  local learned, at = tonumber(redis.call('hget', state, 'learned') or ''), tonumber(redis.call('hget', state, 'learnedAt') or '')
  if not learned or not at then return callsMax end
  local grown = learned + math.max(0, math.floor((now - at) / windowUs)) * math.ceil(callsMax / 10)
  return math.min(callsMax, grown)
end

-- Replicas that are expected and were never heard: they may have begun by themselves, each with its part.
local function unmetShares(knownCount)
  if expected <= knownCount then return 0 end
  return (expected - knownCount) * math.floor(callsMax / expected)
end

-- Those who can't be heard may make as many calls as they were told to: that much less is left to the others.
local function limitNow()
  local list = roster()
  local limit = callsMax - unmetShares(#list)
  for _, each in ipairs(list) do
    if isLapsed(each) then limit = limit - each.share end
  end
  return math.max(0, math.min(learnedMax(), limit))
end

local function facts()
  local limit = limitNow()
  local scanMax = limit - math.min(kept, math.floor(limit / 4))
  local behindMax = math.min(scanMax, math.max(1, math.floor(limit / 2)))
  local function countOf(set) return redis.call('zcard', set) - 1 end
  return {
    limit = limit, scanMax = scanMax, behindMax = behindMax,
    count = countOf(slots), scanCount = countOf(scans), behindCount = countOf(behind),
    shut = tonumber(redis.call('hget', state, 'shut')),
  }
end

-- Who waits at a replica, until a while after it said so last.
local function noteAsks(id, asks)
  if asks == '' then return redis.call('hdel', waiting, id) end
  redis.call('hset', waiting, id, digits(now + lapseUs / 2) .. asks)
end

local openingsMax = 64

-- When the next slots of a set open, beyond those that are free.
local function openings(set, count, max)
  local first = 1 + math.max(0, count - max)
  local flat = redis.call('zrange', set, first, first + openingsMax - 1, 'withscores')
  local list = {}
  for at = 2, #flat, 2 do list[#list + 1] = tonumber(flat[at]) end
  return list
end

local function report(status, more)
  local seen = facts()
  local last = redis.call('zrange', slots, -1, -1, 'withscores')[2]
  return {
    status, knownWord(), now, seen.limit, seen.shut, tonumber(last),
    seen.count, openings(slots, seen.count, seen.limit),
    seen.scanCount, seen.scanMax, openings(scans, seen.scanCount, seen.scanMax),
    seen.behindCount, seen.behindMax, openings(behind, seen.behindCount, seen.behindMax),
    more or {},
  }
end

-- Whatever can't be read or written as it should be is garbage: nothing of it is believed.
local function run(work)
  local isDone, reply = pcall(function()
    if not isKnown() then begin() end
    purge()
    return report(work())
  end)
  if isDone then return reply end
  begin()
  return report('anew')
end
`;
