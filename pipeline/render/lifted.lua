-- Lift out of a manuscript what is HTML already: whole lines of tags, short texts between them, and the places of
-- passages that stand alone. pandoc reads and walks over the rest, with a mark where each run of it was; it took an
-- eighth of a millisecond for each such line, and most lines of a brief with a trace are such.
--
-- A run is a list of pieces: a `line` that is written as it is, `alone`, the index of a passage that is a paragraph, or
-- `inline`, words and places between two tags.

local OPEN, CLOSE = "\u{e000}", "\u{e001}"
local PLACE = OPEN .. "(%d+)" .. CLOSE
local MARK = OPEN .. "run(%d+)" .. CLOSE

local TAGS = { article = true, aside = true, details = true, div = true, li = true, ol = true, section = true, ul = true }
-- What pandoc may read in another way than line by line.
local UNLIKE = { "```", "~~~", ":::", "\n *%-%-%-", "<!", "<pre", "<script", "<style", "<textarea", "\t", "\r",
  OPEN .. "run" }

-- Whether attributes of a `div` are in the order and the writing that pandoc has, and none means anything to us.
local function is_usual(attributes)
  local rest = attributes:gsub('^ id="[%w.-]+"', ""):gsub('^ class="[%w -]+"', "")
  rest = rest:gsub(' data%-item="[%w#./-]+"', ""):gsub(' data%-drawing="[%w.-]+"', "")
  return rest == "" and not attributes:find('id="refs"', 1, true) and not attributes:find('id="notes"', 1, true)
end

local function is_tag(line)
  local slash, name, attributes = line:match("^<(/?)(%l+)([^<>]*)>$")
  if not TAGS[name] then return false end
  return name ~= "div" or slash == "/" and attributes == "" or slash == "" and is_usual(attributes)
end

-- Read a line as a tag, or as words between two; nil where it is neither.
local function pieces_of(line, is_plain)
  if is_tag(line) then return { { line = line } } end
  local open, name, attributes, inner = line:match("^(<(%l+)([^<>]*)>)(.*)</%l+>$")
  local whole = open and line == open .. inner .. "</" .. name .. ">"
  if not whole or name ~= "summary" and (name ~= "div" or not is_usual(attributes)) then return nil end
  if inner == "" then return { { line = open .. "\n\n</" .. name .. ">" } } end
  if inner:find("<span[^<>]*> ") or inner:find(" </span>") then return nil end
  local words = inner:gsub('<span class="[%w -]+">', ""):gsub("</span>", ""):gsub(PLACE, "X")
  if not is_plain(words) then return nil end
  return { { line = open }, { inline = inner }, { line = "</" .. name .. ">" } }
end

local function split_lines(text)
  local lines = {}
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
  return lines
end

-- Give the units of a text, the numbers of their first and last lines with what they are read as: each line of a group
-- between empty lines that are all read, or a group as a whole.
local function units_of(lines, is_plain)
  local units, first = {}, nil
  local function read(last)
    local index = first == last and lines[first]:match("^" .. PLACE .. "$")
    if index then return { { first = first, last = last, pieces = { { alone = tonumber(index) } } } } end
    local group = {}
    for number = first, last do
      local pieces = pieces_of(lines[number], is_plain)
      if not pieces then return { { first = first, last = last } } end
      group[#group + 1] = { first = number, last = number, pieces = pieces }
    end
    return group
  end
  for number = 1, #lines + 1 do
    local filled = lines[number] and lines[number]:find("%S")
    if filled then
      first = first or number
    elseif first then
      local group = read(number - 1)
      table.move(group, 1, #group, #units + 1, units)
      first = nil
    end
  end
  return units
end

-- Give the numbers of the units with the ends of each element; nil where elements are not closed as they were opened.
local function elements_of(units, lines)
  local open, elements = {}, {}
  for number, unit in ipairs(units) do
    for slash, name in table.concat(lines, "\n", unit.first, unit.last):gmatch("<(/?)(%l+)") do
      if TAGS[name] and slash == "" then
        open[#open + 1] = { name, number }
      elseif TAGS[name] then
        local opened = table.remove(open)
        if not opened or opened[1] ~= name then return nil end
        elements[#elements + 1] = { name = name, first = opened[2], last = number }
      end
    end
  end
  return #open == 0 and elements or nil
end

-- Leave to pandoc what it reads together: a term or a caption with what follows it, a division with its first heading,
-- of which it makes a section where no other one is within, and both ends of an element, since what stands in one ends
-- where that does.
local function leave(units, elements, lines)
  for number, unit in ipairs(units) do
    local following = units[number + 1] and lines[units[number + 1].first] or ""
    if following:find("^ *[:~]") or following:find("^#") and lines[unit.last]:find("^<div") then unit.pieces = nil end
  end
  local changed = true
  local function keep(number)
    changed = changed or units[number].pieces ~= nil
    units[number].pieces = nil
  end
  while changed do
    changed = false
    for _, element in ipairs(elements) do
      if not (units[element.first].pieces and units[element.last].pieces) then
        keep(element.first)
        keep(element.last)
        for number = element.first, element.name == "div" and element.last or 0 do keep(number) end
      end
    end
  end
end

-- Give the text without its runs, and add these to `runs`; a text in which anything may be read otherwise stays whole.
local function lift(text, runs, is_plain)
  for _, other in ipairs(UNLIKE) do
    if text:find(other) then return text end
  end
  local lines = split_lines(text)
  local units = units_of(lines, is_plain)
  local elements, run = elements_of(units, lines), nil
  if not elements then return text end
  leave(units, elements, lines)
  for _, unit in ipairs(units) do
    if not unit.pieces then
      if run then lines[unit.first] = "\n" .. lines[unit.first] end
      run = nil
    else
      lines[unit.first] = ""
      if not run then
        run = {}
        runs[#runs + 1] = run
        lines[unit.first] = "\n" .. OPEN .. "run" .. #runs .. CLOSE .. "\n"
      end
      table.move(unit.pieces, 1, #unit.pieces, #run + 1, run)
    end
  end
  return table.concat(lines, "\n")
end

return { lift = lift, mark = MARK }
