import { clerkMiddleware } from '@clerk/nextjs/server'

// What auth() needs. Without the SDK there is no such file.
export default clerkMiddleware({
  authorizedParties: ['https://app.example.com'],
  jwtKey: process.env.CLERK_JWT_KEY,
})
