-- Run by editors.mjs in a Neovim without any configuration. Reads what is expected from $DAEMONLINT_EXPECTED, and prints a line for each check:
-- `ok NAME`, `FAILED NAME: WHY` or `skipped NAME: WHY`.
local expected = vim.fn.json_decode(table.concat(vim.fn.readfile(os.getenv('DAEMONLINT_EXPECTED')), '\n'))
local get_clients = vim.lsp.get_clients or vim.lsp.get_active_clients

local function say(line)
  io.stdout:write(line .. '\n')
end

local function check(name, test)
  local ok, why = pcall(test)
  if ok then
    say('ok ' .. name)
  else
    say('FAILED ' .. name .. ': ' .. tostring(why):gsub('\n.*', ''))
  end
end

local function path(name)
  return expected.folder .. '/' .. name
end

local function text_of(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') .. '\n'
end

local function wait(what, holds, milliseconds)
  if not vim.wait(milliseconds or 15000, holds, 20) then
    error(type(what) == 'function' and what() or what, 0)
  end
end

-- With dynamic registration of watched files, where this Neovim has it, as many people switch it on.
local capabilities = vim.lsp.protocol.make_client_capabilities()
if capabilities.workspace.didChangeWatchedFiles then
  capabilities.workspace.didChangeWatchedFiles.dynamicRegistration = true
end
local published = {}
local id = vim.lsp.start_client({
  name = 'daemonlint',
  cmd = expected.command,
  root_dir = expected.folder,
  workspace_folders = { { uri = vim.uri_from_fname(expected.folder), name = 'scene' } },
  capabilities = capabilities,
  settings = { daemonlint = {} },
  -- What people copy from the documentation.
  on_init = function(client)
    client.notify('workspace/didChangeConfiguration', { settings = client.config.settings })
  end,
})

local function open(name)
  vim.cmd('edit ' .. vim.fn.fnameescape(path(name)))
  vim.bo.filetype = 'yaml'
  local buffer = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buffer, id)
  return buffer
end

local function found(buffer)
  local list = {}
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    local code = one.code or one.user_data and one.user_data.lsp and one.user_data.lsp.code
    table.insert(list, string.format('%d:%d %d %s', one.lnum, one.col, one.severity, code))
  end
  table.sort(list)
  return table.concat(list, '\n')
end

local function wanted(name, without)
  local list = {}
  for _, one in ipairs(expected.findings[name]) do
    if one.code ~= without then
      table.insert(list, string.format('%d:%d %d %s', one.line, one.byte, one.severity, one.code))
    end
  end
  table.sort(list)
  return table.concat(list, '\n')
end

local function shows(buffer, what)
  wait(function()
    return 'expected ' .. what:gsub('\n', ', ') .. '; found ' .. found(buffer):gsub('\n', ', ')
  end, function()
    return found(buffer) == what
  end)
end

local function ask(buffer, method, params)
  local client = vim.lsp.get_client_by_id(id)
  local answer, why = client.request_sync(method, params, 15000, buffer)
  if not answer then
    error(method .. ': ' .. tostring(why), 0)
  end
  if answer.err then
    error(method .. ': ' .. vim.inspect(answer.err), 0)
  end
  return answer.result, client.offset_encoding
end

local function document(buffer)
  return { uri = vim.uri_from_bufnr(buffer) }
end

local function apply_action(buffer, params)
  local actions, encoding = ask(buffer, 'textDocument/codeAction', params)
  local _, action = next(actions or {})
  if not action then
    error('no action is offered', 0)
  end
  if not action.edit then
    action = ask(buffer, 'codeAction/resolve', action)
  end
  vim.lsp.util.apply_workspace_edit(action.edit, encoding)
  return action
end

local agent = open('agent.yaml')
check('shows what the command finds, at its places', function()
  shows(agent, wanted('agent.yaml'))
end)

check('shows what the API server refuses', function()
  local buffer = open('rejected.yaml')
  shows(buffer, wanted('rejected.yaml'))
  vim.cmd('bdelete!')
end)

check('shows nothing in a template of a chart', function()
  local buffer = open('chart/templates/daemonset.yaml')
  -- Its own answer comes after theirs: what is asked for in order is answered in order.
  vim.wait(1000)
  if found(buffer) ~= '' then
    error(found(buffer), 0)
  end
  vim.cmd('bdelete!')
end)

vim.cmd('buffer ' .. agent)

check('describes a field', function()
  local line = expected.places.hover
  local result = ask(agent, 'textDocument/hover', { textDocument = document(agent), position = line })
  local value = result and result.contents and (result.contents.value or vim.inspect(result.contents)) or ''
  if not value:find(expected.words.hover, 1, true) then
    error('expected ' .. expected.words.hover .. '; found ' .. value:sub(1, 200), 0)
  end
end)

check('applies an action', function()
  local before = text_of(agent)
  local place
  for _, one in ipairs(expected.findings['agent.yaml']) do
    if one.code == 'service-account-alias' then
      place = { line = one.line, character = one.character }
    end
  end
  apply_action(agent, {
    textDocument = document(agent),
    range = { start = place, ['end'] = place },
    context = { diagnostics = {}, only = { 'quickfix' } },
  })
  if not text_of(agent):find('serviceAccountName: agent', 1, true) then
    error('the buffer holds ' .. text_of(agent), 0)
  end
  wait('the finding stays', function()
    return not found(agent):find('service-account-alias', 1, true)
  end)
  vim.cmd('silent undo')
  if text_of(agent) ~= before then
    error('undoing it does not lead back', 0)
  end
  shows(agent, wanted('agent.yaml'))
end)

check('fixes all, as --fix does', function()
  apply_action(agent, {
    textDocument = document(agent),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = 0, character = 0 } },
    context = { diagnostics = {}, only = { 'source.fixAll.daemonlint' } },
  })
  if text_of(agent) ~= expected.fixed['agent.yaml'] then
    error('the buffer holds ' .. text_of(agent), 0)
  end
  vim.cmd('silent undo')
  shows(agent, wanted('agent.yaml'))
end)

check('completes a field', function()
  local line = expected.places.completion
  local before = vim.api.nvim_buf_get_lines(agent, 0, -1, false)
  vim.api.nvim_buf_set_lines(agent, line, line, false, { expected.words.typed })
  local answered, result = pcall(ask, agent, 'textDocument/completion', {
    textDocument = document(agent),
    position = { line = line, character = #expected.words.typed },
    context = { triggerKind = 1 },
  })
  vim.api.nvim_buf_set_lines(agent, 0, -1, false, before)
  if not answered then
    error(result, 0)
  end
  local labels = {}
  for _, item in ipairs(result and (result.items or result) or {}) do
    labels[item.label] = true
  end
  if not labels[expected.words.completion] then
    error('offered: ' .. table.concat(vim.tbl_keys(labels), ', '), 0)
  end
  shows(agent, wanted('agent.yaml'))
end)

check('takes a configuration that is saved in the editor', function()
  local config = open('daemonlint.config.yaml')
  vim.api.nvim_buf_set_lines(config, -1, -1, false, { 'rules: { ' .. expected.turnedOff .. ': off }' })
  vim.cmd('silent write')
  shows(agent, wanted('agent.yaml', expected.turnedOff))
end)

check('ends with the editor', function()
  local client = vim.lsp.get_client_by_id(id)
  client.stop()
  wait('the server goes on', function()
    return client.is_stopped() and #get_clients() == 0
  end, 5000)
end)
vim.cmd('qall!')
