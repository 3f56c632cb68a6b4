-- Lua coroutines, resumed in turn from a ring.
--
-- Arguments: yield|spawn LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.

local kind, label = arg[1], arg[2]
local tasks, operations = tonumber(arg[3]), tonumber(arg[4])
local create, resume, yield, status =
  coroutine.create, coroutine.resume, coroutine.yield, coroutine.status

local function residentBytes()
  local file = io.open("/proc/self/statm")
  if not file then return 0 end
  local _, pages = file:read("n", "n")
  file:close()
  return pages * 4096
end

local ring, head, tail, capacity = {}, 1, 1, tasks

local function push(task)
  ring[tail] = task
  tail = tail == capacity and 1 or tail + 1
end

local function run(steps)
  for _ = 1, steps do
    local task = ring[head]
    head = head == capacity and 1 or head + 1
    assert(resume(task))
    if status(task) == "suspended" then push(task) end
  end
end

local function yieldForever()
  while true do yield() end
end

local function endAtOnce() end

if kind == "yield" then
  local before = residentBytes()
  for _ = 1, tasks do push(create(yieldForever)) end
  run(tasks)
  local bytes = (residentBytes() - before) / tasks
  local rounds = math.max(3, operations // tasks)
  run(rounds // 10 * tasks)
  local start = os.clock()
  run(rounds * tasks)
  local ns = (os.clock() - start) * 1e9 / (rounds * tasks)
  print(string.format("yield/%s %d %f %f", label, tasks, ns, bytes))
else
  local function live(count)
    for _ = 1, count do push(create(endAtOnce)) end
    run(count)
  end
  live(math.min(tasks, 1000))
  local batches = math.max(1, operations // tasks)
  local start = os.clock()
  for _ = 1, batches do live(tasks) end
  local ns = (os.clock() - start) * 1e9 / (batches * tasks)
  print(string.format("spawn/%s %d %f -", label, tasks, ns))
end
