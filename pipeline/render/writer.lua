-- Write a document, citations resolved, as HTML of the body and of each field, with findings and pandoc's messages.
-- Run this file anew for each document: nothing of one is kept for the next.

local isolate = dofile("isolate.lua")
local is_wide = dofile("wide.lua")
local LONG = 24 -- characters that may be kept on one line with a citation
local NBSP = "\u{a0}"
-- French citations put it between pages. It has the glyph of the hyphen, and a PDF copies every hyphen as it.
local NO_BREAK_HYPHEN = "\u{2011}"
local carried

local function escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function html(text)
  return pandoc.RawInline("html", text)
end

local function length(element)
  return utf8.len(pandoc.utils.stringify(element)) or math.huge
end

local function label_link(link)
  if not link.target:find("^#ref%-") then return nil end
  local text = pandoc.utils.stringify(link):gsub("^%[", ""):gsub("%]$", "")
  if text:find("^%d") then link.attributes["aria-label"] = carried.labels.reference .. " " .. text end
  link.attributes.role = "doc-biblioref"
  link.classes:insert("cite")
  return link
end

-- Make citations what a stylesheet can set: on the line, a space before a locator, links that say where they lead.
local function finish_citation(cite)
  local inlines = cite.content
  if #inlines == 1 and inlines[1].t == "Superscript" then inlines = inlines[1].content end
  cite.content = inlines:walk({
    Str = function(str) return pandoc.Str((str.text:gsub("^(%d+)%(", "%1" .. NBSP .. "("))) end,
  }):walk({ Link = label_link })
  return cite
end

-- Take from `list` what must stay on the line of the citation that follows; nil when it is too long.
local function take_last_word(list)
  local last = list[#list]
  if not last or last.t == "LineBreak" or last.t == "Note" or last.t == "RawInline" then return nil end
  if last.t ~= "Str" then
    return length(last) <= LONG and list:remove() or nil
  end
  local start, word = "", last.text
  for _, mark in ipairs({ "%-", "–", "—", "/" }) do
    local before, after = word:match("^(.*" .. mark .. ")(.+)$")
    if before then start, word = start .. before, after end
  end
  if is_wide(word, -1) and utf8.len(word) > 2 then
    local last_two = utf8.offset(word, -2)
    start, word = start .. word:sub(1, last_two - 1), word:sub(last_two)
  end
  if utf8.len(word) > LONG then return nil end
  list:remove()
  if start ~= "" then list:insert(pandoc.Str(start)) end
  return pandoc.Str(word)
end

local CLOSING = { "[.,;:!?%)%]]", "’", "”", "…", "。", "、", "」", "』", "）" }

local function split_closing(text)
  local stop, found = 0, true
  while found do
    found = false
    for _, mark in ipairs(CLOSING) do
      local from, to = text:find("^" .. mark, stop + 1)
      if from then stop, found = to, true end
    end
  end
  return text:sub(1, stop), text:sub(stop + 1)
end

local function is_paragraph(block)
  return block.t == "Para" or block.t == "Plain"
end

local function is_space(inline)
  return inline ~= nil and (inline.t == "Space" or inline.t == "SoftBreak")
end

-- Read citations from `index` on, with what stands between and closes them; give them and the next index.
local function citations_from(inlines, index)
  local kept = pandoc.Inlines({ inlines[index] })
  index = index + 1
  while inlines[index] do
    local item, after = inlines[index], inlines[index + 1]
    if item.t == "Cite" then
      kept:extend({ pandoc.Str(NBSP), item })
    elseif is_space(item) and after and after.t == "Cite" then
      kept:extend({ pandoc.Str(NBSP), after })
      index = index + 1
    elseif item.t == "Str" then
      local closing, rest = split_closing(item.text)
      if closing ~= "" then kept:insert(pandoc.Str(closing)) end
      if rest ~= "" then
        inlines[index] = pandoc.Str(rest)
        return kept, index
      end
    else
      return kept, index
    end
    index = index + 1
  end
  return kept, index
end

-- Keep each citation on the line of the word before it; the space is put back that a superscript lost.
local function glue(inlines)
  local result, index, count, found = pandoc.Inlines({}), 1, #inlines, false
  while index <= count do
    local inline = inlines[index]
    if inline.t ~= "Cite" then
      result:insert(inline)
      index = index + 1
    else
      found = true
      local last = result[#result]
      local spaced = last ~= nil and (last.t ~= "Str" or not last.text:find("[%[%(/]$")) and last.t ~= "RawInline"
        and not (last.t == "Str" and is_wide(last.text, -1))
      if is_space(last) then result:remove() end
      local kept
      kept, index = citations_from(inlines, index)
      local word = take_last_word(result)
      if spaced and #result + (word and 1 or 0) > 0 then kept:insert(1, pandoc.Str(NBSP)) end
      if length(kept) <= LONG then
        if word then kept:insert(1, word) end
        result:extend({ html('<span class="nb">'), table.unpack(kept) })
        result:insert(html("</span>"))
      else
        if word then result:insert(word) end
        result:extend(kept)
      end
    end
  end
  return found and result or nil
end

local ALIGNED = { AlignRight = "right", AlignCenter = "centre" }

local function finish_rows(rows, specs, scope_of)
  local covered = {} -- how many rows more each column is covered by a cell from above
  for _, row in ipairs(rows) do
    local column, below = 1, {}
    local function pass_covered()
      while (covered[column] or 0) > 0 do
        below[column], column = covered[column] - 1, column + 1
      end
    end
    for _, cell in ipairs(row.cells) do
      pass_covered()
      local alignment = ALIGNED[cell.alignment] or ALIGNED[specs[column] and specs[column][1]]
      if alignment then cell.classes:insert(alignment) end
      cell.alignment = "AlignDefault"
      cell.attributes.scope = scope_of(column)
      for _ = 1, cell.col_span do
        below[column], column = cell.row_span - 1, column + 1
      end
    end
    pass_covered()
    covered = below
  end
  return rows
end

local function col() return "col" end

local function row(column) return column == 1 and "row" or nil end

local named = {}

-- A name that no table had before: several of one name can't be told apart in a list of regions.
local function unique(label)
  named[label] = (named[label] or 0) + 1
  return named[label] == 1 and label or unique(label .. " " .. named[label])
end

-- Name the scope of each head cell, and let the table scroll in a region of its own.
local function finish_table(block)
  local specs = block.colspecs
  block.head.rows = finish_rows(block.head.rows, specs, col)
  for _, body in ipairs(block.bodies) do
    body.row_head_columns = #specs > 1 and 1 or 0
    body.head = finish_rows(body.head, specs, col)
    body.body = finish_rows(body.body, specs, #specs > 1 and row or function() return nil end)
  end
  block.colspecs = specs:map(function() return { "AlignDefault", nil } end)
  local label = pandoc.utils.stringify(block.caption.long)
  label = escaped(unique(label ~= "" and label or carried.labels.table))
  local open = '<div class="scroll" tabindex="0" role="region" aria-label="' .. label .. '">'
  return { pandoc.RawBlock("html", open), block, pandoc.RawBlock("html", "</div>") }
end

local function take_notes(document)
  local notes = pandoc.List({})
  document = document:walk({
    Note = function(note)
      notes:insert(note.content)
      local call = '<sup class="note-call"><a id="note-%d-call" href="#note-%d" role="doc-noteref">%d</a></sup>'
      return html(call:format(#notes, #notes, #notes))
    end,
  })
  return document, notes
end

local function endnotes(notes)
  local open = '<section class="endnotes" role="doc-endnotes" aria-label="%s"><ol>'
  local result = pandoc.Blocks({ pandoc.RawBlock("html", open:format(escaped(carried.labels.notes))) })
  for number, blocks in ipairs(notes) do
    local back = ' <a href="#note-%d-call" role="doc-backlink" aria-label="%s">↑</a>'
    back = html(back:format(number, escaped(carried.labels.back)))
    if #blocks == 0 or not is_paragraph(blocks[#blocks]) then blocks:insert(pandoc.Para({})) end
    blocks[#blocks].content:insert(back)
    result:insert(pandoc.RawBlock("html", ('<li id="note-%d">'):format(number)))
    result:extend(blocks)
    result:insert(pandoc.RawBlock("html", "</li>"))
  end
  result:insert(pandoc.RawBlock("html", "</ol></section>"))
  return result
end

local function shorten(link)
  local text = pandoc.utils.stringify(link)
  if text ~= link.target and "https://doi.org/" .. text ~= link.target then return nil end
  text = link.target:gsub("^https?://doi%.org/", "doi:"):gsub("^https?://", ""):gsub("^www%.", ""):gsub("/$", "")
  link.content = { pandoc.Str(text) }
  return link
end

-- Set the day before its month where the language does: styles that write `2025, July 30` would have `2025, juillet 30`.
local function day_first(inlines)
  for place = #inlines - 2, 1, -1 do
    local known = inlines[place].t == "Str" and carried.days[inlines[place].text]
    local following = inlines[place + 2]
    if known and inlines[place + 1].t == "Space" and following.t == "Str" then
      local day, rest = following.text:match("^(%d%d?)([%).,;:]*)$")
      if day then
        local said = day == "1" and known[1] or known[2]:gsub("28", day)
        inlines[place] = pandoc.Str(said .. rest)
        inlines:remove(place + 2)
        inlines:remove(place + 1)
      end
    end
  end
  return inlines
end

-- Write citeproc's bibliography as an ordered list that says how each work was read.
local function references(div)
  local result = pandoc.Blocks({ pandoc.RawBlock("html", '<ol class="references" role="list">') })
  for number, entry in ipairs(div.content) do
    local english = carried.direction and isolate.direction(pandoc.utils.stringify(entry.content)) == "ltr"
    local content = english and carried.english[entry.identifier] or entry.content
    local inlines = pandoc.utils.blocks_to_inlines(content):walk({
      Span = function(span)
        if span.classes:includes("csl-left-margin") then return {} end
        if span.classes:includes("csl-right-inline") then return span.content end
      end,
      Link = shorten,
    })
    if carried.days then inlines = inlines:walk({ Inlines = day_first }) end
    local note = carried.read[entry.identifier:gsub("^ref%-", "")]
    if note and note.label ~= "" then
      local own = note.label:gsub("<span.->.-</span>", ""):gsub("&%w+;", "")
      local way = carried.direction and isolate.direction(own)
      local span = ' <span class="read read-%s"%s>%s</span>'
      way = way and (' dir="%s"'):format(way) or ""
      inlines:insert(html(span:format(escaped(note.read), way, note.label)))
    end
    local side = isolate.direction(pandoc.utils.stringify(inlines))
    local other = carried.direction and side and side ~= carried.direction
    local open = ('<li id="%s" value="%d"%s>'):format(
      escaped(entry.identifier), number, other and (' dir="%s"'):format(side) or "")
    if carried.direction then inlines = isolate.within(inlines, side or carried.direction) end
    result:extend({ pandoc.RawBlock("html", open), pandoc.Plain(inlines), pandoc.RawBlock("html", "</li>") })
  end
  result:insert(pandoc.RawBlock("html", "</ol>"))
  return #div.content > 0 and result or {}
end

-- Small letters, digits and hyphens; letters beyond ASCII stay, the marks of U+2000 to U+203F go.
local function slug(inlines)
  local text = pandoc.utils.stringify(inlines:walk({ Cite = function() return {} end, Note = function() return {} end }))
  text = pandoc.text.lower(text):gsub("\xe2\x80[\x80-\xbf]", ""):gsub("\xc2\xa0", "-"):gsub("[^%w\x80-\xff]+", "-")
  text = text:gsub("^%-+", ""):gsub("%-+$", "")
  return text ~= "" and text or "section"
end

local function name_headings(document)
  local nameless = false
  document:walk({ Header = function(header) nameless = nameless or header.identifier == "" end })
  if not nameless then return document end
  local used = {}
  local function note(element) used[element.identifier] = true end
  local function note_raw(element)
    for id in element.text:gmatch('%sid="([^"]*)"') do used[id] = true end
  end
  document:walk({ Header = note, Div = note, Span = note, Link = note, RawBlock = note_raw, RawInline = note_raw })
  return document:walk({
    Header = function(header)
      if header.identifier ~= "" then return nil end
      local base = slug(header.content)
      local id, number = base, 1
      while used[id] do
        number = number + 1
        id = base .. "-" .. number
      end
      used[id], header.identifier = true, id
      return header
    end,
  })
end

-- Put the references and the notes in their places; notes without a place go last.
local function set_apparatus(document)
  local notes, placed
  document, notes = take_notes(document)
  document = document:walk({
    Div = function(div)
      if div.identifier == "refs" then return references(div) end
      if div.identifier == "notes" then
        placed = true
        return #notes > 0 and endnotes(notes) or {}
      end
    end,
  })
  if #notes > 0 and not placed then document.blocks:extend(endnotes(notes)) end
  return document
end

-- Set quotation marks as the language has them; English ones are pandoc's own.
local function quoted(element)
  if not carried.quotes or element.quotetype ~= "DoubleQuote" then return nil end
  local content = pandoc.List({ pandoc.Str(carried.quotes[1]) })
  content:extend(element.content)
  content:insert(pandoc.Str(carried.quotes[2]))
  return content
end

local function finish(document)
  document = name_headings(document)
  isolate.set(carried.right_to_left)
  if carried.direction == "rtl" then document = isolate.within(document, "rtl") end
  document = document:walk({ Cite = finish_citation }):walk({ Inlines = glue })
  document = document:walk({
    Quoted = quoted,
    Cite = function(cite) return pandoc.Span(cite.content, { class = "citation" }) end,
    Table = finish_table,
    Para = function(paragraph) return #paragraph.content == 0 and {} or nil end,
  })
  return set_apparatus(document)
end

local function as_html(blocks)
  local options = { wrap_text = "none", highlight_method = "none" }
  local messages, text = pandoc.log.silence(pandoc.write, pandoc.Pandoc(blocks), "html5", options)
  text = text:gsub(NO_BREAK_HYPHEN, "-")
  return text, messages
end

return function(document, told, said)
  carried = told
  document = finish(document)
  local fields, body = pandoc.List({}), pandoc.Blocks({})
  for _, block in ipairs(document.blocks) do
    local name = block.t == "Div" and block.attributes["data-field"]
    if name then
      fields:insert({ name, (as_html(block.content)) })
    else
      body:insert(block)
    end
  end
  local text, messages = as_html(body)
  messages:extend(said)
  return { body = text, fields = fields, findings = carried.findings, messages = messages }
end
