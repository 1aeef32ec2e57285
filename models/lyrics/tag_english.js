// Part-of-speech tags for English token lists: JSON lines (arrays of words) in, JSON lines (arrays of tags) out.
// Needs `npm install wink-pos-tagger@2.2.2` (MIT). Used by assets.py when the product's assets are made, never at run time.
const tagger = require('wink-pos-tagger')();
const pieces = /^(.+?)(n't|'s|'re|'ll|'ve|'d|'m|')$/;
require('readline').createInterface({input: process.stdin}).on('line', (line) => {
  const raw = [], owner = [];
  JSON.parse(line).forEach((word, i) => {
    const split = pieces.exec(word);
    for (const part of split ? [split[1], split[2]] : [word]) { raw.push(part); owner.push(i); }
  });
  const tags = [];
  tagger.tagRawTokens(raw).forEach((t, i) => { tags[owner[i]] = (tags[owner[i]] ? tags[owner[i]] + '+' : '') + t.pos; });
  console.log(JSON.stringify(tags));
});
