import { requireSession } from '../lib/session'

export default requireSession((request, response, caller) => response.json(caller))
