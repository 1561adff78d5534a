import './nv-digits.ts'
import './nv-live-text.ts'
import './nv-pick-up.ts'
