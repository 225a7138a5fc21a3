import { script } from '../redis/link.ts';

/** What is done in one go where replicas share a store. Entries begin with a mark and a stamp, by which the later of two readings is known. */

/** Says that what follows is an entry: two bytes, then the stamp as eight, then what is sealed. */
export const mark = 'k1';

/** `later(key, value)`: whether an entry of a later reading is held than `value` is. What is no entry is as good as nothing. */
const later = `
local function later(key, value)
  local held = redis.pcall('getrange', key, 0, 9)
  if type(held) == 'table' then
    redis.call('unlink', key)
    return false
  end
  if #held < 10 or string.sub(held, 1, 2) ~= '${mark}' then return false end
  return struct.unpack('>d', string.sub(value, 3, 10)) < struct.unpack('>d', string.sub(held, 3, 10))
end
`;

/** KEYS: an entry. ARGV: its bytes, and for how many milliseconds they are kept. */
export const writeEntry = script(
  `${later}
if later(KEYS[1], ARGV[1]) then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
return 1`,
  'write',
);

/** Heads of a list beyond so many are thinned out: those of the oldest readings go. */
const headsMax = 4096;

/** `sound(index)`: whether the index can be used; what is no index is removed. */
const sound = `
local function sound(index)
  local kind = redis.call('type', index).ok
  if kind == 'zset' then return true end
  if kind ~= 'none' then redis.call('unlink', index) end
  return false
end
`;

/** KEYS: a tile and its list's index. ARGV: its bytes, for how long they are kept, where it begins, its window as text, its head as text. */
export const writeTile = script(
  `${later}${sound}
if later(KEYS[1], ARGV[1]) then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
if sound(KEYS[2]) then
  for _, head in ipairs(redis.call('zrangebyscore', KEYS[2], ARGV[3], ARGV[3])) do
    if string.sub(head, 1, #ARGV[4]) == ARGV[4] then redis.call('zrem', KEYS[2], head) end
  end
  local count = redis.call('zcard', KEYS[2])
  if count >= ${headsMax} then
    local heads = redis.call('zrange', KEYS[2], 0, -1)
    local function readAt(head) return tonumber(string.match(head, ' (%S+)$') or '') or 0 end
    table.sort(heads, function(one, other) return readAt(one) < readAt(other) end)
    for at = 1, count - ${Math.floor(headsMax * 0.9)} do redis.call('zrem', KEYS[2], heads[at]) end
  end
end
redis.call('zadd', KEYS[2], ARGV[3], ARGV[5])
redis.call('pexpire', KEYS[2], ARGV[2])
return 1`,
  'write',
);

/** KEYS: entries. Answers the bytes of each, nil where there is none, 0 where there is something else. */
export const readEntries = script(
  `
local found = {}
for at, key in ipairs(KEYS) do
  local held = redis.pcall('get', key)
  if type(held) == 'table' then found[at] = 0 else found[at] = held end
end
return found`,
  'read',
);

/** KEYS: an index. ARGV: from, until, at most so many. Answers heads; 0 if it is none. */
export const findHeads = script(
  `
local heads = redis.pcall('zrangebyscore', KEYS[1], ARGV[1], ARGV[2], 'limit', 0, ARGV[3])
if heads.err then return 0 end
return heads`,
  'read',
);

/**
 * KEYS: an entry and, for a tile, its list's index. ARGV: how the entry begins that is of no use ('' if there seemed to be none), where it begins, its window
 * as text. Removes the entry if it is still the same, and its head when there is no entry.
 */
export const dropEntry = script(`${sound}
local held = redis.pcall('getrange', KEYS[1], 0, #ARGV[1] - 1)
if type(held) == 'table' or (#ARGV[1] > 0 and held == ARGV[1]) then redis.call('unlink', KEYS[1]) end
if KEYS[2] and redis.call('exists', KEYS[1]) == 0 and sound(KEYS[2]) then
  for _, head in ipairs(redis.call('zrangebyscore', KEYS[2], ARGV[2], ARGV[2])) do
    if string.sub(head, 1, #ARGV[3]) == ARGV[3] then redis.call('zrem', KEYS[2], head) end
  end
end
return 1`);

/** KEYS: an index. ARGV: what stands in it and is no head. Removes that; and all of it if it is no index. */
export const mendIndex = script(`${sound}
if sound(KEYS[1]) then
  for _, each in ipairs(ARGV) do redis.call('zrem', KEYS[1], each) end
end
return 1`);

/**
 * KEYS: a table and its order. ARGV: how many entries it holds at most, for how many milliseconds it is kept after the last of them, then names and bytes by
 * turns. What is later already or the same stays as it is. The order is that of writing, by the server's clock in microseconds: what comes later has a greater
 * number than all before. A table and an order that don't fit together are begun anew.
 */
export const writeTable = script(
  `
local function kindOf(key) return redis.call('type', key).ok end
local kinds = kindOf(KEYS[1]) .. ' ' .. kindOf(KEYS[2])
if kinds ~= 'hash zset' or redis.call('hlen', KEYS[1]) ~= redis.call('zcard', KEYS[2]) then
  redis.call('unlink', KEYS[1], KEYS[2])
end
local time = redis.call('time')
local at = time[1] * 1000000 + time[2]
local top = tonumber(redis.call('zrevrange', KEYS[2], 0, 0, 'withscores')[2] or '0') or 0
if top > at + ${3_600_000_000} then
  redis.call('unlink', KEYS[1], KEYS[2])
elseif top >= at then
  at = top + 1
end
local function stampOf(value) return struct.unpack('>d', string.sub(value, 3, 10)) end
for index = 3, #ARGV, 2 do
  local name, value = ARGV[index], ARGV[index + 1]
  local held = redis.call('hget', KEYS[1], name)
  local stays = held and (held == value
    or (#held >= 10 and string.sub(held, 1, 2) == '${mark}' and stampOf(value) < stampOf(held)))
  if not stays then
    redis.call('hset', KEYS[1], name, value)
    redis.call('zadd', KEYS[2], string.format('%.0f', at), name)
    at = at + 1
  end
end
local over = redis.call('zcard', KEYS[2]) - ARGV[1]
if over > 0 then
  for _, name in ipairs(redis.call('zrange', KEYS[2], 0, over - 1)) do
    redis.call('hdel', KEYS[1], name)
    redis.call('zrem', KEYS[2], name)
  end
end
redis.call('pexpire', KEYS[1], ARGV[2])
redis.call('pexpire', KEYS[2], ARGV[2])
return 1`,
  'write',
);

/**
 * KEYS: a table and its order. ARGV: after which place, at most how many. Answers the greatest place, then names, places and bytes by turns; 0 if it is
 * no table.
 */
export const readTable = script(
  `
local top = redis.pcall('zrevrange', KEYS[2], 0, 0, 'withscores')
if top.err then return 0 end
local answer = { top[2] or '0' }
local found = redis.call('zrangebyscore', KEYS[2], '(' .. ARGV[1], redis.call('time')[1] * 1000000 + ${3_600_000_000}, 'withscores', 'limit', 0, ARGV[2])
for index = 1, #found, 2 do
  local value = redis.pcall('hget', KEYS[1], found[index])
  if type(value) == 'table' then return 0 end
  answer[#answer + 1] = found[index]
  answer[#answer + 1] = found[index + 1]
  answer[#answer + 1] = value
end
return answer`,
  'read',
);

/** KEYS: a table. ARGV: a name. Answers its bytes; nil if there are none. */
export const readName = script(
  `
local value = redis.pcall('hget', KEYS[1], ARGV[1])
if type(value) == 'table' then return false end
return value`,
  'read',
);

/** KEYS: a table of names. ARGV: how many it holds at most, for how many milliseconds, a name and its bytes. */
export const noteName = script(
  `
if redis.call('type', KEYS[1]).ok ~= 'hash' then redis.call('unlink', KEYS[1]) end
if redis.call('hlen', KEYS[1]) < tonumber(ARGV[1]) then redis.call('hset', KEYS[1], ARGV[3], ARGV[4]) end
redis.call('pexpire', KEYS[1], ARGV[2])
return 1`,
  'write',
);

/** KEYS: a table of names. ARGV: the name that goes. */
export const strikeName = script(`
redis.pcall('hdel', KEYS[1], ARGV[1])
return 1`);

/** KEYS: a table of names. Answers names and bytes by turns. */
export const listNames = script(
  `
local found = redis.pcall('hgetall', KEYS[1])
if found.err then return {} end
return found`,
  'read',
);
