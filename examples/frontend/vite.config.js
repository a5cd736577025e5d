import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', rollupOptions: { input: ['index.html', 'plain.html'] } },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    // The browser opens the proxy's address, and hot reload's WebSocket goes
    // through the proxy too: nothing has to be said about it here. But for
    // names other than localhost, Vite wants to know them.
    allowedHosts: ['app.example.com'],
    // What server.js answers, headers of the proxy included.
    proxy: { '/api': 'http://127.0.0.1:3000', '/config.json': 'http://127.0.0.1:3000' },
  },
})
