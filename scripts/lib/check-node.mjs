// Imported first: what follows may need what an old Node lacks.
const wanted = [20, 12]
const found = process.versions.node.split('.').map(Number)
if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(`daemonlint needs Node ${wanted.join('.')} or later; this is Node ${process.versions.node}.`)
  process.exit(2)
}
