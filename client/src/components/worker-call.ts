import './nv-after-talk.ts'
import './nv-next-steps.ts'
import './nv-outgoing-call.ts'
import './worker-endings.ts'
