-- Keep words and figures of the other direction together (Unicode Standard Annex 9): a name in Latin letters on a page
-- from right to left, an Arabic word in an English reference. Without that, a browser lets what stands beside them
-- decide on which side a bracket or a number goes, and the PDF engine orders the pieces of a name by the page.

local isolate = {}
local ranges = {}

-- Say which characters run from right to left: pairs of the first and the last code point.
function isolate.set(given) ranges = given or {} end

local SIGNS = { [0x60C] = true, [0x61B] = true, [0x61F] = true } -- comma, semicolon and question mark

local function runs_left(code)
  if SIGNS[code] then return false end
  for _, range in ipairs(ranges) do
    if code >= range[1] and code <= range[2] then return true end
  end
  return false
end

local function runs_right(code)
  if SIGNS[code] then return false end
  return code >= 0x41 and code <= 0x5A or code >= 0x61 and code <= 0x7A
    or code >= 0xC0 and code ~= 0xD7 and code ~= 0xF7 and (code < 0x2000 or code > 0x206F and code < 0xFB00)
    and not runs_left(code) and not (code >= 0x2070 and code < 0x2C00) and not (code >= 0x3000 and code < 0x3005)
    and not (code >= 0xE000 and code < 0xF900)
end

-- Give `ltr` or `rtl` by the first letter of a text; nil where it has none.
function isolate.direction(text)
  for _, code in utf8.codes(text) do
    if runs_left(code) then return "rtl" end
    if runs_right(code) then return "ltr" end
  end
end

local BREAKS = { LineBreak = true, RawInline = true, Note = true, Cite = true, Image = true }

-- Which directions the letters of an element have: one, `both`, or `none` where they are only figures and signs.
local function kind(inline)
  if BREAKS[inline.t] or inline.attributes and inline.attributes.dir then return "both" end
  local left, right = false, false
  for _, code in utf8.codes(pandoc.utils.stringify(inline)) do
    left, right = left or runs_left(code), right or runs_right(code)
  end
  if left then return right and "both" or "rtl" end
  return right and "ltr" or "none"
end

local function is_space(inline)
  return inline.t == "Space" or inline.t == "SoftBreak"
end

local OPENING = { "(", "[", "«", "“", "‘", "\"", "'" }
local CLOSING = { ".", ",", ";", ":", "!", "?", "،", "؛", "؟", "»", "”", "’", "…", "\"", "'", ")", "]" }

-- Whether a text has as many brackets that close as open, or fewer.
local function is_closed(text)
  local _, opened = text:gsub("[%(%[]", "")
  local _, closed = text:gsub("[%)%]]", "")
  return closed <= opened
end

-- Split from a run's last text what closes a sentence, and a bracket that opens elsewhere; `before` is the run so far.
local function without_end(text, before)
  local stop, found = #text, true
  while found do
    found = false
    for _, mark in ipairs(CLOSING) do
      local bracket = mark == ")" or mark == "]"
      if stop >= #mark and text:sub(stop - #mark + 1, stop) == mark
        and not (bracket and is_closed(before .. text:sub(1, stop))) then
        stop, found = stop - #mark, true
      end
    end
  end
  return text:sub(1, stop), text:sub(stop + 1)
end

-- Split from a run's first text what opens a bracket or a quotation that the run doesn't close.
local function without_start(text, whole)
  local from, found = 1, true
  while found do
    found = false
    for _, mark in ipairs(OPENING) do
      local bracket = mark == "(" or mark == "["
      if text:sub(from, from + #mark - 1) == mark and not (bracket and whole:find("[%)%]]")) then
        from, found = from + #mark, true
      end
    end
  end
  return text:sub(1, from - 1), text:sub(from)
end

local function joined(inlines)
  return pandoc.utils.stringify(pandoc.Inlines(inlines))
end

-- Set a run apart, without the marks around it.
local function apart(run, side, result)
  local lead, tail = "", ""
  local last = run[#run]
  if last.t == "Str" then
    local before = joined({ table.unpack(run, 1, #run - 1) })
    local body
    body, tail = without_end(last.text, before)
    run[#run] = pandoc.Str(body)
  end
  if run[1].t == "Str" then
    local body
    lead, body = without_start(run[1].text, joined(run))
    run[1] = pandoc.Str(body)
    if lead ~= "" then result:insert(pandoc.Str(lead)) end
    local closing
    body, closing = without_end(joined(run), "")
    if #run == 1 and closing ~= "" then run[1], tail = pandoc.Str(body), closing .. tail end
  end
  result:insert(pandoc.Span(run, { dir = side }))
  if tail ~= "" then result:insert(pandoc.Str(tail)) end
end

-- Set per cents and signed numbers apart, as their sign stands where the page's letters would not have it; what Arabic
-- writes onto them, as `و` (and), stays outside.
local function signed(text, result)
  local before, number, after = text:match("^(.-)([%+%-]?%d[%d.,]*%%)(.*)$")
  if not before then return false end
  if before ~= "" then result:insert(pandoc.Str(before)) end
  result:insert(pandoc.Span({ pandoc.Str(number) }, { dir = "ltr" }))
  if after ~= "" and not signed(after, result) then result:insert(pandoc.Str(after)) end
  return true
end

-- Split a word in Latin letters from what Arabic writes onto it, as `و` (and).
local function split(inlines)
  local result = pandoc.Inlines({})
  for _, inline in ipairs(inlines) do
    local stem = inline.t == "Str" and kind(inline) == "both" and inline.text:find("[%w%(]")
    if stem and stem > 1 and kind(pandoc.Str(inline.text:sub(stem))) == "ltr" then
      result:extend({ pandoc.Str(inline.text:sub(1, stem - 1)), pandoc.Str(inline.text:sub(stem)) })
    else
      result:insert(inline)
    end
  end
  return result
end

-- Set apart in a list of inlines what runs the other way than `base`.
local function set_apart(inlines, base)
  local side = base == "rtl" and "ltr" or "rtl"
  local result, index, changed = pandoc.Inlines({}), 1, false
  inlines = base == "rtl" and split(inlines) or inlines
  while index <= #inlines do
    local inline = inlines[index]
    if kind(inline) == side then
      local run, stop, open = pandoc.Inlines({}), index, index
      while inlines[open] do
        local item = inlines[open]
        local found = is_space(item) and "space" or kind(item)
        if found == side or (base == "rtl" and found == "none" and item.t == "Str" and item.text:find("%d")) then
          stop = open
        elseif found ~= "space" and not (found == "none" and item.t == "Str") then
          break
        end
        local ended = found == side and item.t == "Str" and item.text:find("[.;:!?]$") and base == "rtl"
        open = open + 1
        if ended then break end
      end
      for place = index, stop do run:insert(inlines[place]) end
      apart(run, side, result)
      index, changed = stop + 1, true
    elseif inline.t == "Str" and base == "rtl" and kind(inline) ~= "both" and signed(inline.text, result) then
      index, changed = index + 1, true
    else
      result:insert(inline)
      index = index + 1
    end
  end
  return changed and result or nil
end

-- Set apart in blocks or inlines all that runs the other way than `base`; parts that name their direction keep it.
function isolate.within(elements, base)
  local function own(element)
    if element.attributes.dir or element.identifier == "refs" then return element, false end
  end
  return elements:walk({
    traverse = "topdown",
    Span = own,
    Div = own,
    Code = function(code) return code, false end,
    Inlines = function(inlines) return set_apart(inlines, base) end,
  })
end

return isolate
