// ws on Node, as its documentation shows. Arguments: the mode, the PKCS#12 file and its password.
const { readFileSync } = require('node:fs')
const { createInterface } = require('node:readline')
const { WebSocketServer } = require('ws')

const [mode, pfx, passphrase] = process.argv.slice(2)
const server = mode === 'TLS'
  ? require('node:https').createServer({ pfx: readFileSync(pfx), passphrase })
  : require('node:http').createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: mode === 'DEFLATE', maxPayload: 2 * 1024 * 1024 })
const members = new Set()

sockets.on('connection', (socket, request) => {
  socket.on('error', () => {}) // the load resets its connections
  if (request.url === '/fanout') {
    members.add(socket)
    socket.on('close', () => members.delete(socket))
    socket.on('message', (data, isBinary) => members.forEach((member) => member.send(data, { binary: isBinary })))
  } else {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  }
})

server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => console.log(`port ${server.address().port}`))

createInterface({ input: process.stdin })
  .on('line', (question) => {
    if (question === 'heap') {
      global.gc()
      console.log(`heap ${process.memoryUsage().heapUsed}`)
    } else {
      console.log(`${question} -1`)
    }
  })
  .on('close', () => process.exit())
