// The line between browser and server, which can be cut and mended.
import net from "node:net";

export class Wire {
  #sockets = new Set();
  #isCut = false;

  static async to(address) {
    const wire = new Wire();
    const { hostname, port } = new URL(address);
    wire.server = net.createServer((near) => {
      if (wire.#isCut) return near.destroy();
      const far = net.connect(Number(port), hostname);
      for (const socket of [near, far]) {
        wire.#sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.on("close", () => {
          wire.#sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far);
      far.pipe(near);
    });
    await new Promise((resolve) => wire.server.listen(0, "127.0.0.1", resolve));
    wire.address = `http://127.0.0.1:${wire.server.address().port}`;
    return wire;
  }

  cut() {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend() {
    this.#isCut = false;
  }

  close() {
    this.cut();
    this.server.close();
  }
}
