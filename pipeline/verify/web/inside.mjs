// What is asked inside a page: each function is taken there as its source text, and knows nothing outside of itself.

// What makes the page wider than the window; boxes that scroll by themselves hold what is in them.
export function overflow() {
  const root = document.documentElement
  const room = root.clientWidth
  const most = Math.max(root.scrollWidth, document.body.scrollWidth) - room
  if (most <= 0) return []
  const held = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== 'visible') return true
    return false
  }
  const wide = [...document.body.querySelectorAll('*')].find(
    (each) => each.getBoundingClientRect().right > room + 1 && !held(each),
  )
  const named = wide ? wide.outerHTML.slice(0, 80) : 'the page'
  return [{ message: `${named} is ${most} px wider than the window`, rule: '' }]
}

// Give what has the focus, and whether one can see that it has.
export function focused() {
  const element = document.activeElement
  if (!element || element === document.body || element === document.documentElement) return null
  window.walked ??= []
  const again = window.walked.includes(element)
  window.walked.push(element)
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const middle = document.elementFromPoint(
    Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.y + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1),
  )
  // A link over two lines has its middle between them.
  const rows = [...element.getClientRects()].map((row) => document.elementFromPoint(row.x + row.width / 2, row.y + row.height / 2))
  const uncovered = [middle, ...rows].some((each) => each && (element.contains(each) || each.contains(element)))
  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  let ground = 'rgb(255, 255, 255)'
  for (let behind = element.parentElement; behind; behind = behind.parentElement) {
    const colour = getComputedStyle(behind).backgroundColor
    if (numbers(colour)[3] !== 0) {
      ground = colour
      break
    }
  }
  const [one, other] = [light(style.outlineColor), light(ground)].sort((a, b) => b - a)
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  return {
    again,
    name: element.outerHTML.slice(0, 80),
    folded: element.tagName === 'SUMMARY' && !element.parentElement.open,
    wrong: [
      !ring && 'has the focus and no outline of 2 px',
      ring && (one + 0.05) / (other + 0.05) < 3 && 'has an outline of too little contrast',
      !(box.width && box.height) && 'has the focus and no size',
      box.width && box.height && (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) &&
        'has the focus and is out of sight',
      box.width && box.height && !uncovered && 'has the focus and is covered by something',
    ].filter(Boolean),
  }
}

// What can have the focus and was never met.
export function unmet() {
  const able = 'a[href],button,input,select,textarea,summary,[tabindex]:not([tabindex="-1"])'
  return [...document.querySelectorAll(able)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && !window.walked?.includes(each))
    .map((each) => each.outerHTML.slice(0, 80))
}

// Make text alone larger, as browsers do on demand: every size that any rule has set, and no box; drawings keep theirs.
export function enlarge(times) {
  const sized = [...document.body.querySelectorAll('*')].filter((each) => !each.closest('svg'))
  const sizes = sized.map((each) => parseFloat(getComputedStyle(each).fontSize))
  sized.forEach((each, at) => each.style.setProperty('font-size', `${sizes[at] * times}px`, 'important'))
}

// What is cut off by its own box, and text that lies over other text. Lines are taken at half of their height, for
// letters leave the rest of it empty.
export function cramped() {
  const named = (element) => element.outerHTML.slice(0, 80)
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('svg')
  const cut = [...document.body.querySelectorAll('*')].filter((each) => {
    const { overflowX, overflowY } = getComputedStyle(each)
    const shut = (overflow) => overflow === 'hidden' || overflow === 'clip'
    return shown(each) && each.clientWidth > 1 && (
      (shut(overflowX) && each.scrollWidth > each.clientWidth + 1) || (shut(overflowY) && each.scrollHeight > each.clientHeight + 1))
  })
  const lines = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.data.trim() || !shown(text.parentElement)) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    for (const { left, right, top, height } of range.getClientRects())
      if (right - left > 2 && right > 0) lines.push({ left, right, top: top + height / 4, bottom: top + height * 3 / 4, text })
  }
  lines.sort((one, other) => one.top - other.top)
  const over = new Set()
  lines.forEach((line, at) => {
    for (const next of lines.slice(at + 1)) {
      if (next.top > line.bottom - 2) break
      if (next.text !== line.text && Math.min(line.right, next.right) - Math.max(line.left, next.left) > 2)
        over.add(`'${next.text.data.trim().slice(0, 40)}' lies over '${line.text.data.trim().slice(0, 40)}'`)
    }
  })
  return [...cut.map((each) => `${named(each)} is cut off`), ...over].map((message) => ({ message, rule: '' }))
}
