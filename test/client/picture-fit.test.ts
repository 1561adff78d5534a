import t from 'tap'
import { choosePictureFit } from '../../client/src/components/picture-fit.ts'

const WIDE = { width: 1280, height: 720 }
const TALL = { width: 480, height: 640 }

t.test('a picture fills a frame of nearly its own shape and is never cut to a strip', (t) => {
  const cases = [
    { picture: WIDE, frame: { width: 1280, height: 640 }, expected: 'cover' },
    { picture: WIDE, frame: { width: 390, height: 640 }, expected: 'closer' },
    { picture: TALL, frame: { width: 390, height: 640 }, expected: 'cover' },
    { picture: TALL, frame: { width: 1280, height: 640 }, expected: 'contain' },
    { picture: { width: 0, height: 0 }, frame: WIDE, expected: 'contain' },
  ]
  for (const { picture, frame, expected } of cases) {
    t.equal(choosePictureFit({ picture, frame }), expected)
  }
  t.end()
})
