-- Do jobs as scribe.lua does, and say on stderr how often its shortcuts were taken. The first line of stdin says `taken`
-- or `left`: then pandoc reads every passage and every line.

local taken, given = io.stdin:read("l") == "taken", dofile
local plain, lifted, counts = given("plain.lua"), given("lifted.lua"), { plain = 0, runs = 0 }

function dofile(name)
  if name == "plain.lua" then
    local function counted(tell)
      return function(text)
        if not taken then return nil end
        local found, target = tell(text)
        counts.plain = counts.plain + (found and 1 or 0)
        return found, target
      end
    end
    return setmetatable({ is_plain = counted(plain.is_plain), link_of = counted(plain.link_of) }, { __index = plain })
  elseif name == "lifted.lua" then
    local function lift(text, runs, is_plain)
      if not taken then return text end
      local before, left = #runs, lifted.lift(text, runs, is_plain)
      counts.runs = counts.runs + #runs - before
      return left
    end
    return { lift = lift, mark = lifted.mark }
  end
  return given(name)
end

given("scribe.lua")
local work = Reader

function Reader(...)
  local made = work(...)
  io.stderr:write(pandoc.json.encode(counts))
  return made
end
