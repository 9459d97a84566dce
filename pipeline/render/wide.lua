-- Tell letters that are set without spaces between words: Chinese characters, kana, and their signs; not Korean.

local WIDE = { { 0x2E80, 0x303F }, { 0x3041, 0x30FF }, { 0x3105, 0x312F }, { 0x3190, 0x9FFF }, { 0xF900, 0xFAFF },
  { 0xFF00, 0xFFEF }, { 0x20000, 0x3FFFF } }

-- Whether the letter of a text at a place, 1 or -1, is one; none of an empty text is.
local function is_wide(text, from)
  local at = utf8.len(text) and text ~= "" and utf8.offset(text, from)
  local code = at and utf8.codepoint(text, at)
  for _, range in ipairs(WIDE) do
    if code and code >= range[1] and code <= range[2] then return true end
  end
  return false
end

return is_wide
