-- Work as one pandoc for many jobs: a line of JSON in for each, a line of JSON out, until there are no more.
-- pandoc runs this as a reader of nothing, since its own `pandoc lua` would take the user's settings.

local reader, writer = assert(loadfile("reader.lua")), assert(loadfile("writer.lua"))

-- The references with the terms and months of English, which those of works in Latin letters have on pages from right
-- to left: half of each would run one way, and half the other.
local function in_english(document)
  local entries, language = {}, document.meta.lang
  document.meta.lang = nil
  local _, cited = pandoc.log.silence(pandoc.utils.citeproc, document)
  document.meta.lang = language
  cited:walk({
    Div = function(div)
      if div.identifier:find("^ref%-") then entries[div.identifier] = div.content end
    end,
  })
  return entries
end

local function written(line)
  local job = pandoc.json.decode(line, false)
  local document, carried = reader()(job)
  document.meta.csl = pandoc.MetaString(job.style)
  if carried.direction == "rtl" then carried.english = in_english(document) end
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
