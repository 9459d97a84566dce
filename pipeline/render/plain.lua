-- Tell prose that pandoc reads word for word, and give its inlines without asking pandoc: that takes a third of a
-- millisecond for each passage, and most passages are such.

-- Letters are those of Latin, Greek and Cyrillic; no byte of theirs is one of a space or of a mark.
local OTHER = "[^%w\x80-\xBF\xC3-\xC9\xCE-\xD3 ,;:()%%.'-]"
-- What may be more than it looks: a list's first mark, the name of a table, and all that smart punctuation changes but
-- for an apostrophe between letters.
local DOUBTS = { "^[^ ]*[.)] ", "^[^ ]*[.)]$", "^[Tt]able:", "^[^%w\xC3-\xD3]", "  ", " $", " [^%w\xC3-\xD3(]", "%([^%w\xC3-\xD3]",
  "[^ ]%(", "%)[^ ,;:.]", ":[^ ]", "%-[^%w\xC3-\xD3]", "%-$", "[^%w\x80-\xBF]%-", "'[^%a\xC3-\xD3]", "[^%a\x80-\xBF]'", "'$",
  "%.[^%d ]", "[^%d]%.%d", "%.%d*%." }

-- Whether the word before a stop is no abbreviation, which would have its space kept: the longest is `aetat.`, and none
-- ends in a figure.
local function ends_a_sentence(text, stop)
  return text:find("^[%d%%)]", stop - 1) or stop > 6 and text:find("^%l%l%l%l%l%l", stop - 6)
end

-- A space that is not broken, a middle dot and guillemets stand for themselves, like figures.
local STANDING = "\xC2[\xA0\xAB\xB7\xBB]"

local function is_plain(text)
  text = text:gsub(STANDING, "0")
  if text == "" or text:find(OTHER) then return false end
  for _, doubt in ipairs(DOUBTS) do
    if text:find(doubt) then return false end
  end
  for stop in text:gmatch("()%. ") do
    if not ends_a_sentence(text, stop) then return false end
  end
  return true
end

-- How pandoc writes such words: no sign among them is one of HTML.
local function text_of(text) return (text:gsub("'", "’")) end

-- The last word stands by itself, since a citation takes it along to the next line; all before it is one text.
local function inlines_of(text)
  local before, last = text_of(text):match("^(.*) ([^ ]+)$")
  if not before then return pandoc.Inlines({ pandoc.Str(text_of(text)) }) end
  return pandoc.Inlines({ pandoc.Str(before), pandoc.Space(), pandoc.Str(last) })
end

return { is_plain = is_plain, text_of = text_of, inlines_of = inlines_of }
