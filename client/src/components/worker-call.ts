import './nv-next-steps.ts'
import './nv-outgoing-call.ts'
