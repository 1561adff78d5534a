import './nv-home-asks.ts'
import './nv-home-news.ts'
