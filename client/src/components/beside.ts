import './nv-digits.ts'
import './nv-live-text.ts'
