import { withSession } from '../lib/session'

export default withSession((request, response, caller) => response.json(caller))
