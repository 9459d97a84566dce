-- Work as one pandoc for many jobs: a line of JSON in for each, a line of JSON out, until there are no more.
-- pandoc runs this as a reader of nothing, since its own `pandoc lua` would take the user's settings.

local reader, writer = assert(loadfile("reader.lua")), assert(loadfile("writer.lua"))

local function written(line)
  local job = pandoc.json.decode(line, false)
  local document, carried = reader()(job)
  document.meta.csl = pandoc.MetaString(job.style)
  local latest_first, cited = pandoc.log.silence(pandoc.utils.citeproc, document)
  local messages = pandoc.List({})
  for _, message in ipairs(latest_first) do messages:insert(1, message) end
  return writer()(cited, carried, messages)
end

function Reader()
  for line in io.stdin:lines() do
    local done, result = pcall(written, line)
    io.stdout:write(pandoc.json.encode(done and { result = result } or { failed = tostring(result) }), "\n")
    io.stdout:flush()
  end
  return pandoc.Pandoc({})
end
