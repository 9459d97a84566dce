-- Read a job as pandoc's document: text, passages, fields and references in, passages in their places out.
-- Given besides is what the writer must know. Run this file anew for each job: nothing of one is kept for the next.

local is_wide, plain, lifted = dofile("wide.lua"), dofile("plain.lua"), dofile("lifted.lua")
local OPEN, CLOSE = "\u{e000}", "\u{e001}"
local TOKEN = OPEN .. "(%d+)" .. CLOSE
local DEPTH = 16

local STRUCTURE = "markdown-auto_identifiers-yaml_metadata_block-pandoc_title_block-tex_math_dollars-raw_tex-latex_macros"
  .. "-implicit_figures-example_lists-task_lists"
-- What prose may not use, each after a pattern that no use of it can do without. Reading costs a tenth of a
-- millisecond for each extension that is named, so a passage names only those that its characters could set off.
local REFUSED = {
  { "<", "-raw_html-native_divs-native_spans" },
  { "{", "-raw_attribute-header_attributes-link_attributes-inline_code_attributes"
    .. "-fenced_code_attributes-table_attributes" },
  { ":::", "-fenced_divs" },
  { "%-%-%-", "-yaml_metadata_block" },
  { "^%s*%%", "-pandoc_title_block" },
  { "\\", "-raw_tex-latex_macros" },
  { "%$", "-tex_math_dollars" },
  { "!%[", "-implicit_figures" },
  { "%(@", "-example_lists" },
  { "%[[ xX]%]", "-task_lists" },
  { "#", "-auto_identifiers-implicit_header_references" },
  { "\n.*[=-]", "-auto_identifiers-implicit_header_references" },
}
-- Prose read so shows what its author hoped for.
local HOPED = "markdown-auto_identifiers-tex_math_dollars-raw_tex-native_divs-native_spans"

local job, findings, runs

local function find(rule, passage, detail)
  findings[#findings + 1] = { rule = rule, passage = passage, detail = detail or "" }
end

local function read(text, format, passage)
  local messages, document = pandoc.log.silence(pandoc.read, text, format, nil, {})
  for _, message in ipairs(messages) do
    message = pandoc.json.decode(pandoc.json.encode(message), false)
    if message.verbosity ~= "INFO" and message.verbosity ~= "DEBUG" then
      find("pandoc", passage, message.pretty)
    end
  end
  return document
end

-- Prose ------------------------------------------------------------------------------------------

local function prose(text)
  local format = "markdown"
  for _, refused in ipairs(REFUSED) do
    if text:find(refused[1]) then format = format .. refused[2] end
  end
  return format
end

local function has_attributes(element)
  local classes = element.classes:filter(function(class) return class ~= "uri" and class ~= "email" end)
  return element.identifier ~= "" or #classes > 0 or #element.attributes > 0
end

-- What a part of a text may say of itself: `[mot]{lang=fr}`, `[OSI]{abbr="Open Source Initiative"}`.
local SAYS = {
  lang = function(value) return value:find("^%a%a%a?$") or value:find("^%a%a%a?%-[%w-]*%w$") end,
  abbr = function(value) return value:find("%S") end,
}
local function says_what_it_may(span)
  if span.identifier ~= "" or #span.classes > 0 or #span.attributes == 0 then return false end
  for name, value in pairs(span.attributes) do
    if not (SAYS[name] and SAYS[name](value)) then return false end
  end
  return true
end

local function escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

-- Set a part of another language, and an abbreviation with its long form.
local function set_span(span)
  if not says_what_it_may(span) then return span.content end
  local language, long = span.attributes.lang, span.attributes.abbr
  local inlines = span.content
  if long then
    inlines:insert(1, pandoc.RawInline("html", '<abbr title="' .. escaped(long) .. '">'))
    inlines:insert(pandoc.RawInline("html", "</abbr>"))
  end
  if not language then return inlines end
  return pandoc.Span(inlines, pandoc.Attr("", {}, { { "lang", language }, { "dir", job.directions[language] } }))
end

local function refuse_hoped_markup(text, passage)
  if not (text:find("[<{]") or text:find(":::", 1, true) or text:find("---", 1, true)) then return end
  local _, document = pandoc.log.silence(pandoc.read, text, HOPED, nil, {})
  local function raw(element)
    find(element.format == "html" and "raw-html" or "unsupported-markup", passage, element.text)
  end
  local function attributes(element)
    if has_attributes(element) then
      find("unsupported-markup", passage, "attributes of " .. pandoc.utils.stringify(element))
    end
  end
  local function span(element)
    if not says_what_it_may(element) then attributes(element) end
  end
  local function shaped(element)
    find("unsupported-markup", passage, "attributes of " .. pandoc.utils.stringify(element))
  end
  if next(document.meta) then find("unsupported-markup", passage, "a block of metadata") end
  document.blocks:walk({
    RawInline = raw, RawBlock = raw, Header = attributes, Link = attributes, Image = attributes, Code = attributes,
    Span = span, Div = attributes, SmallCaps = shaped, Underline = shaped,
  })
end

-- Walking over a passage takes as long as reading it, and most have nothing to walk for: what each of the walks below
-- looks for can't come from a text without certain characters.

-- Find what may not stay, and take it away so that nothing is found twice.
local function inspect_prose(blocks, passage, text)
  if not text:find("[%[<&]") then return blocks end
  return blocks:walk({
    Image = function(image)
      find("image-in-text", passage, image.src)
      return image.caption
    end,
    Link = function(link)
      local target = link.target
      if target:find("^#.") then
        find("unknown-anchor", passage, target:sub(2))
      elseif not (target:find("^https?://[^/]") or target:find("^mailto:.")) then
        find("unsafe-link", passage, target)
        return link.content
      end
      return pandoc.Link(link.content, target)
    end,
    Span = set_span,
    Str = function(str)
      if str.text:find("%[%^[^%]]+%]") then find("unknown-footnote", passage, str.text:match("%[%^([^%]]+)%]")) end
    end,
    Header = function(header)
      header:walk({ Note = function() find("misplaced-footnote", passage) end })
    end,
  })
end

local function record_citations(blocks, passage, text)
  if not text:find("@", 1, true) then return end
  blocks:walk({
    Cite = function(cite)
      for _, citation in ipairs(cite.citations) do
        if not job.known[citation.id] then find("unknown-source", passage, citation.id) end
      end
    end,
  })
end

-- The headings of prose stand below the heading they come after, and skip no level.
local function below(blocks, level, text)
  if not (text:find("#", 1, true) or text:find("\n", 1, true) and text:find("[=-]")) then return blocks end
  local open = {}
  return blocks:walk({
    Header = function(header)
      while #open > 0 and open[#open] >= header.level do table.remove(open) end
      open[#open + 1] = header.level
      header.level = math.min(6, level + #open)
      return header
    end,
  })
end

-- Tokens -----------------------------------------------------------------------------------------

local resolve

local function is_paragraph(block)
  return block.t == "Para" or block.t == "Plain"
end

-- Mark a passage that is in another language than its page.
local function spoken(blocks, passage)
  if not passage.lang or #blocks == 0 then return blocks end
  local marked = pandoc.Attr("", { "untranslated" }, { { "lang", passage.lang }, { "dir", passage.dir } })
  if #blocks == 1 and is_paragraph(blocks[1]) then
    blocks[1].content = { pandoc.Span(blocks[1].content, marked) }
    return blocks
  end
  return pandoc.Blocks({ pandoc.Div(blocks, marked) })
end

-- Chinese and Japanese have no space between words, so the end of a line of source is none there.
local function text_of(inline) return inline and pandoc.utils.stringify(inline) or "" end

local function unspaced(blocks, text)
  if not (text:find("\n", 1, true) and text:find("[&\xe2-\xf4]")) then return blocks end
  return blocks:walk({
    Inlines = function(inlines)
      local kept = pandoc.Inlines({})
      for index, inline in ipairs(inlines) do
        local between = inline.t == "SoftBreak" and is_wide(text_of(inlines[index - 1]), -1)
          and is_wide(text_of(inlines[index + 1]), 1)
        if not between then kept:insert(inline) end
      end
      return #kept < #inlines and kept or nil
    end,
  })
end

-- The words of a passage that is nothing else, or that is a link whose label is, and the target of that; from right to
-- left each word is looked at by itself, so pandoc splits them.
local function words_of(passage)
  if passage.trusted or job.direction == "rtl" then return nil end
  if plain.is_plain(passage.text) then return passage.text end
  return plain.link_of(passage.text)
end

local function plain_inlines(index, passage)
  local words, target = words_of(passage)
  if not target then return words and plain.inlines_of(words) end
  find("unknown-anchor", index, target)
  return pandoc.Inlines({ pandoc.Link(plain.inlines_of(words), "#" .. target) })
end

-- Read what a template wrote, but for what stands in runs. From right to left words in them are looked at as well; and
-- where pandoc has something to say, it names lines of the whole.
local function read_structure(text, index)
  local before = #findings
  local left = job.direction == "rtl" and text or lifted.lift(text, runs, plain.is_plain)
  local blocks = read(left, STRUCTURE, index).blocks
  if left == text or #findings == before then return blocks end
  for number = before + 1, #findings do findings[number] = nil end
  return read(text, STRUCTURE, index).blocks
end

-- Give the blocks of a passage; `place` knows the level of the heading above it.
local function blocks_of(index, place, depth)
  local passage = job.passages[index + 1]
  if not passage then error("no passage has the index " .. index) end
  if depth > DEPTH then error("passage " .. index .. " holds itself, or passages lie deeper than " .. DEPTH) end
  local words = plain_inlines(index, passage)
  if words then return spoken(pandoc.Blocks({ pandoc.Para(words) }), passage) end
  local blocks = passage.trusted and read_structure(passage.text, index)
    or read(passage.text, prose(passage.text), index).blocks
  record_citations(blocks, index, passage.text)
  if passage.trusted then return resolve(blocks, place, depth + 1) end
  refuse_hoped_markup(passage.text, index)
  blocks = unspaced(inspect_prose(blocks, index, passage.text), passage.text)
  return spoken(below(blocks, place.level, passage.text), passage)
end

local function inlines_of(index, place, depth)
  local blocks = blocks_of(index, place, depth)
  if #blocks == 0 then return pandoc.Inlines({}) end
  if #blocks > 1 or not is_paragraph(blocks[1]) then find("one-paragraph", index) end
  local inlines = pandoc.utils.blocks_to_inlines(blocks)
  if place.bare then
    inlines:walk({ Note = function() find("misplaced-footnote", index) end })
  end
  return inlines
end

local function resolve_inlines(inlines, place, depth)
  return inlines:walk({
    Str = function(str)
      if not str.text:find(OPEN, 1, true) then return nil end
      local result, from = pandoc.Inlines({}), 1
      for start, index, stop in str.text:gmatch("()" .. TOKEN .. "()") do
        if start > from then result:insert(pandoc.Str(str.text:sub(from, start - 1))) end
        result:extend(inlines_of(tonumber(index), place, depth))
        from = stop
      end
      if from <= #str.text then result:insert(pandoc.Str(str.text:sub(from))) end
      return result
    end,
  })
end

local function token_alone(block)
  local only = #block.content == 1 and block.content[1]
  return only and only.t == "Str" and tonumber(only.text:match("^" .. TOKEN .. "$"))
end

local function is_run(block)
  local only = #block.content == 1 and block.content[1]
  return only and only.t == "Str" and runs[tonumber(only.text:match("^" .. lifted.mark .. "$"))]
end

-- Words that are written as they are; nil where pandoc has to look at one of their passages.
local function written(text)
  local known, anchors = true, {}
  local words = text:gsub(TOKEN, function(place)
    local index = tonumber(place)
    local passage = job.passages[index + 1]
    local own, target = words_of(passage or { trusted = true })
    known = known and own and not passage.lang
    if target then anchors[#anchors + 1] = { index, target } end
    return known and (target and ('<a href="#%s">%s</a>'):format(target, own) or own)
  end)
  if not known then return nil end
  for _, anchor in ipairs(anchors) do find("unknown-anchor", table.unpack(anchor)) end
  return plain.text_of(words)
end

-- Give the inlines of words between tags.
local function inlines_between(text, place, depth)
  if text:find("<", 1, true) then
    return resolve_inlines(pandoc.utils.blocks_to_inlines(read(text, STRUCTURE).blocks), place, depth)
  end
  local inlines, from = pandoc.Inlines({}), 1
  for start, index, stop in text:gmatch("()" .. TOKEN .. "()") do
    inlines:extend(pandoc.Inlines(plain.text_of(text:sub(from, start - 1))))
    inlines:extend(inlines_of(tonumber(index), place, depth))
    from = stop
  end
  inlines:extend(pandoc.Inlines(plain.text_of(text:sub(from))))
  return inlines
end

-- Give the blocks of a run, with as much of it as can be in one.
local function set_run(run, place, depth)
  local result, lines = pandoc.Blocks({}), {}
  local function finish(blocks)
    if #lines > 0 then result:insert(pandoc.RawBlock("html", table.concat(lines, "\n"))) end
    result:extend(blocks)
    lines = {}
  end
  for _, piece in ipairs(run) do
    local alone = piece.alone and written(OPEN .. piece.alone .. CLOSE)
    local line = piece.inline and written(piece.inline) or alone and "<p>" .. alone .. "</p>" or piece.line
    if line then
      lines[#lines + 1] = line
    elseif piece.alone then
      finish(blocks_of(piece.alone, place, depth))
    else
      finish({ pandoc.Plain(inlines_between(piece.inline, place, depth)) })
    end
  end
  finish({})
  return result
end

-- Resolve a paragraph; `tag` is the HTML tag right before it.
local function resolve_paragraph(block, place, depth, tag)
  local index = token_alone(block)
  local inline = tag and (tag:find("^h%d$") or tag == "p" or tag == "summary" or tag == "dt" or tag == "caption")
  if not index or inline then
    block.content = resolve_inlines(block.content, place, depth)
    return { block }
  end
  local blocks = blocks_of(index, place, depth)
  if block.t == "Plain" and #blocks == 1 and blocks[1].t == "Para" then
    return { pandoc.Plain(blocks[1].content) }
  end
  return blocks
end

local function resolve_rows(rows, place, depth)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do cell.contents = resolve(cell.contents, place, depth) end
  end
  return rows
end

local containers = {
  Div = function(block, ...) block.content = resolve(block.content, ...) end,
  BlockQuote = function(block, ...) block.content = resolve(block.content, ...) end,
  Figure = function(block, ...)
    block.content = resolve(block.content, ...)
    block.caption.long = resolve(block.caption.long, ...)
  end,
  BulletList = function(block, ...)
    for index, item in ipairs(block.content) do block.content[index] = resolve(item, ...) end
  end,
  DefinitionList = function(block, ...)
    for index, item in ipairs(block.content) do
      local definitions = {}
      for number, definition in ipairs(item[2]) do definitions[number] = resolve(definition, ...) end
      block.content[index] = { resolve_inlines(item[1], ...), definitions }
    end
  end,
  LineBlock = function(block, ...)
    for index, line in ipairs(block.content) do block.content[index] = resolve_inlines(line, ...) end
  end,
  Table = function(block, ...)
    block.caption.long = resolve(block.caption.long, ...)
    block.head.rows = resolve_rows(block.head.rows, ...)
    block.foot.rows = resolve_rows(block.foot.rows, ...)
    for _, body in ipairs(block.bodies) do
      body.head, body.body = resolve_rows(body.head, ...), resolve_rows(body.body, ...)
    end
  end,
  Header = function(block, place, depth)
    place.level = block.level
    block.content = resolve_inlines(block.content, { level = block.level, bare = true }, depth)
  end,
}
containers.OrderedList = containers.BulletList

function resolve(blocks, place, depth)
  local result, tag = pandoc.Blocks({}), nil
  for _, block in ipairs(blocks) do
    local run = is_paragraph(block) and is_run(block)
    if run then
      result:extend(set_run(run, place, depth))
    elseif is_paragraph(block) then
      result:extend(resolve_paragraph(block, place, depth, tag))
    else
      if containers[block.t] then containers[block.t](block, place, depth) end
      result:insert(block)
    end
    tag = block.t == "RawBlock" and block.text:match("<(%w+)[^<>]*>%s*$") or nil
    place.level = tonumber(tag and tag:match("^h(%d)$")) or place.level
  end
  return result
end

-- Without a place for the references pandoc would make one, and take the last heading for theirs.
local function has_place_for_references(blocks)
  local found = false
  blocks:walk({ Div = function(div) found = found or div.identifier == "refs" end })
  return found
end

return function(given)
  job, findings, runs = given, {}, {}
  local references = pandoc.read(job.references, "csljson", nil, {}).meta.references or {}
  job.known = {}
  for _, reference in ipairs(references) do job.known[pandoc.utils.stringify(reference.id)] = true end
  local blocks = pandoc.Blocks({})
  for _, field in ipairs(job.fields) do
    local inlines = inlines_of(field.index, { level = 1, bare = true }, 0)
    blocks:insert(pandoc.Div({ pandoc.Plain(inlines) }, { ["data-field"] = field.name }))
  end
  local text = read_structure(job.text)
  record_citations(text, nil, job.text)
  blocks:extend(resolve(text, { level = 1 }, 0))
  if not has_place_for_references(blocks) then blocks:insert(pandoc.Div({}, { id = "refs" })) end
  local document = pandoc.Pandoc(blocks, {
    references = references,
    ["link-citations"] = true,
    lang = job.language and pandoc.MetaString(job.language),
  })
  return document, {
    findings = findings, labels = job.labels, read = job.read, quotes = job.quotes, days = job.days,
    direction = job.direction, right_to_left = job.right_to_left,
  }
end
