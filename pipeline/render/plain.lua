-- Tell prose that pandoc reads word for word, and give its inlines without asking pandoc: that takes a third of a
-- millisecond for each passage, and most passages are such.

-- Letters are those of Latin, Greek and Cyrillic; no byte of theirs is one of a space or of a mark.
local OTHER = "[^%w\x80-\xBF\xC3-\xC9\xCE-\xD3 ,;:()%%.?'-]"
-- What stands for itself, like a figure: a space that is not broken, a middle dot, guillemets, signs of currencies, the
-- dashes of printers, and an equals sign between spaces.
local STANDING = { ["\xC2[\xA0\xA3\xAB\xB7\xBB]"] = "0", ["\xE2\x80[\x93\x94]"] = "0", ["\xE2\x82\xAC"] = "0",
  ["%$"] = "0", [" = "] = " 0 " }
-- What may be more than it looks: a list's first mark, the name of a table, and all that smart punctuation changes but
-- for an apostrophe between letters.
local DOUBTS = { "^[^ ]*[.)] ", "^[^ ]*[.)]$", "^[Tt]able:", "^[^%w\xC3-\xD3]", "  ", " $", " [^%w\xC3-\xD3(]",
  "%([^%w\xC3-\xD3]", "[^ ]%(", "%)[^ ,;:.?]", ":[^ ]", "%-[^%w\xC3-\xD3]", "%-$", "[^%w\x80-\xBF]%-",
  "'[^%a\xC3-\xD3]", "[^%a\x80-\xBF]'", "'$", "%.[^%d ]", "[^%d]%.%d", "%.%d*%." }
-- What pandoc keeps together with the word that follows its stop: its own list, without what has a stop within.
local ABBREVIATIONS = {}
for word in ([[
  aet aetat al Apr Aug bk Bros c Capt cf ch chap chs Co col Corp cp d Dec Dr ed eds esp f fasc Feb ff fig fl fol fols Fr
  Gen Gov Hon ill Inc incl Jan Jr Jul Jun Ltd Mar Mr Mrs Ms n nn No Nov Oct p pp Pres Prof pt Rep Rev saec sec Sen Sep
  Sept Sgt Sr St univ viz vol vs
]]):gmatch("%a+") do ABBREVIATIONS[word] = true end

local function is_plain(text)
  for sign, like in pairs(STANDING) do text = text:gsub(sign, like) end
  if text == "" or text:find(OTHER) then return false end
  for _, doubt in ipairs(DOUBTS) do
    if text:find(doubt) then return false end
  end
  for word in text:gmatch("([%w\x80-\xBF\xC3-\xD3]*)%. ") do
    if ABBREVIATIONS[word] then return false end
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

-- Give the label of a text that is a link to a reference, and the reference's id; nil where it is anything else.
local function link_of(text)
  local label, target = text:match("^%[([^%[%]]+)%]%(<#([%w.-]+)>%)$")
  if label and is_plain(label) then return label, target end
end

return { is_plain = is_plain, text_of = text_of, inlines_of = inlines_of, link_of = link_of }
