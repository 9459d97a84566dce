// Ask html-validate whether pages are written as HTML asks: node markup.mjs RESULT PAGE…, the first a file for its words.
import { readFileSync, writeFileSync } from 'node:fs'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'

const [result, ...files] = process.argv.slice(2)
const loader = new StaticConfigLoader({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    'valid-id': ['error', { relaxed: true }], // a point in a name is what HTML allows
    'long-title': 'off', // advice for search engines; a brief's title is a sentence
    'no-redundant-role': 'off', // role="list" keeps lists without markers lists in Safari (WebKit bug 170179)
    'prefer-native-element': ['error', { exclude: ['list', 'region'] }], // a box that scrolls is a region, and no section
  },
})
const validator = new HtmlValidate(loader)
const said = await Promise.all(files.map(async (file) => {
  const { results } = await validator.validateString(readFileSync(file, 'utf8'))
  return results.flatMap(({ messages }) => messages)
    .map(({ ruleId, message, line, column }) => ({ rule: ruleId, message, place: `line ${line}, column ${column}` }))
}))
writeFileSync(result, JSON.stringify(said))
