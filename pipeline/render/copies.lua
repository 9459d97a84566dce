-- Make of a page's parts what other programs know: styles by name for Word, plain paragraphs for text.
-- The variable `form` says for which: docx, epub, md or txt.

local LEFT_OUT = { maps = true, trace = true }
local STYLES = {
  kicker = "Kicker",
  question = "Question", ["bottom-line"] = "Bottom line", byline = "Byline", certainty = "Certainty",
  who = "Certainty", label = "Label", value = "Figure value", summary = "Note", note = "Note",
  ["left-out"] = "Note", affected = "Affected", references = "References",
}
local form = tostring(PANDOC_WRITER_OPTIONS.variables.form)
local rich = form == "docx" or form == "epub"

-- A name that Word takes for a bookmark: at most 40 characters, no stroke; `-` is `_`, `/` is `__`, `#` is `___`.
local function bookmark(address)
  local name = address:gsub("#", "___"):gsub("/", "__"):gsub("%-", "_")
  if #name <= 40 then return name end
  return name:sub(1, 31) .. "_" .. pandoc.utils.sha1(address):sub(1, 8)
end

local function has(element, names)
  for _, class in ipairs(element.classes) do
    if names[class] then return names[class] end
  end
end

-- A box that only its label names says what it is, and none is named by the heading that pandoc moves its name to.
local function named(block)
  block.attributes["aria-labelledby"] = nil
  if block.attributes["aria-label"] and not block.attributes.role then block.attributes.role = "group" end
end

local function div(block)
  if has(block, LEFT_OUT) then return {} end
  local content = pandoc.Blocks(block.content:map(function(inner)
    return inner.t == "Plain" and pandoc.Para(inner.content) or inner
  end))
  if form == "md" and has(block, { label = true, value = true }) then
    return content:walk({ Para = function(para) return pandoc.Para({ pandoc.Strong(para.content) }) end })
  end
  if not rich then return content end
  block.content = content
  local item = block.attributes.item
  if item and block.identifier == "" and form == "docx" then block.identifier = bookmark(item) end
  block.attributes.item = nil
  if form == "docx" then
    block.attributes["custom-style"] = has(block, STYLES)
    local title = has(block, { figure = true }) and content[1]
    if title and title.t == "Div" then title.attributes["custom-style"] = "Figure title" end -- stays with its picture
  end
  if form == "epub" then named(block) end
  return block
end

local function span(inline)
  local item = inline.attributes.item
  if form == "docx" and item and inline.identifier == "" then
    inline.identifier = bookmark(item)
    inline.attributes.item = nil
    return inline
  end
  if rich and (inline.attributes.lang or inline.identifier ~= "") then return inline end
  return inline.content
end

-- In plain text a heading is told from a paragraph by the line below it.
local function header(block)
  if form ~= "txt" then return nil end
  local said = pandoc.utils.stringify(block)
  local line = (block.level == 1 and "=" or block.level == 2 and "-" or "."):rep(math.min(utf8.len(said), 72))
  return { pandoc.RawBlock("plain", said .. "\n" .. line .. "\n") }
end

local function width(rows)
  local most = 0
  for _, row in ipairs(rows) do
    local sum = 0
    for _, cell in ipairs(row.cells) do sum = sum + utf8.len(pandoc.utils.stringify(cell)) + 2 end
    most = math.max(most, sum)
  end
  return most
end

-- A table that 72 columns can't hold is told row by row: what the row is called, then each cell below its heading.
local function tbl(block)
  local rows = pandoc.List({})
  for _, body in ipairs(block.bodies) do rows:extend(body.body) end
  if form ~= "txt" or #block.head.rows == 0 or width(rows) <= 72 then return nil end
  local heads, told = block.head.rows[1].cells, pandoc.Blocks({})
  for _, row in ipairs(rows) do
    told:insert(pandoc.Para(pandoc.utils.blocks_to_inlines(row.cells[1].contents)))
    local items = pandoc.List({})
    for index = 2, #row.cells do
      local said = pandoc.Inlines(pandoc.utils.stringify(heads[index] or "") .. ": ")
      said:extend(pandoc.utils.blocks_to_inlines(row.cells[index].contents))
      items:insert({ pandoc.Plain(said) })
    end
    told:insert(pandoc.BulletList(items))
  end
  return told
end

local function link(inline)
  if rich or not inline.target:find("^#") then return nil end
  return inline.content
end

function Pandoc(document)
  local blocks = document.blocks
  if form == "epub" then blocks[1], blocks[2] = blocks[2], blocks[1] end -- a book's chapter begins with its title
  return document:walk({ traverse = "topdown", Div = function(block)
    if has(block, LEFT_OUT) then return {}, false end
  end }):walk({ Div = div, Span = span, Link = link, Header = header, Table = tbl })
end
