-- Neovim's end of the tests: it asks the language server, and tells what is on its screen. A window is laid out only
-- after the event that brings it, so that waiting for one and reading it are two calls.

local DEADLINE = 60000

local opened, published = {}, {}
local scratch = vim.api.nvim_create_buf(false, true)
local show = vim.lsp.handlers["textDocument/publishDiagnostics"]
vim.lsp.handlers["textDocument/publishDiagnostics"] = function(err, result, ...)
  published[result.uri] = result.diagnostics
  return show(err, result, ...)
end

local function client() return vim.lsp.get_clients()[1] end

-- Its requests are not about the buffer that is open: Neovim 0.11.4 cancels another's for diagnostics there.
local function request(method, params)
  local response = client():request_sync(method, params, DEADLINE, scratch)
  return response and response.result
end

-- Some publish diagnostics by themselves, and some tell only after a while that they answer for them.
local function diagnostics(method, params)
  local uri = params.textDocument.uri
  vim.wait(DEADLINE, function() return published[uri] or client():supports_method(method) end)
  return client():supports_method(method) and request(method, params).items or published[uri]
end

local function answer(question)
  local uri = question.params.textDocument.uri
  if not opened[uri] then
    opened[uri] = true
    client():notify("textDocument/didOpen", {
      textDocument = { uri = uri, languageId = "python", version = 1, text = question.text },
    })
  end
  return (question.method == "textDocument/diagnostic" and diagnostics or request)(question.method, question.params)
end

function Ask(folder)
  local questions = vim.json.decode(table.concat(vim.fn.readfile(folder .. "/questions.json")))
  local answers = vim.tbl_map(function(question) return answer(question) or vim.NIL end, questions)
  vim.fn.writefile({ vim.json.encode(answers) }, folder .. "/answers.json")
end

-- The row, the column, the width and the height of what has come up: the menu, or a window that floats.
local function place()
  if vim.fn.pumvisible() == 1 then
    local at = vim.fn.pum_getpos()
    return { at.row + 1, at.col + 1, at.width, at.height }
  end
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      local row, column = unpack(vim.fn.win_screenpos(window))
      return { row, column, vim.api.nvim_win_get_width(window), vim.api.nvim_win_get_height(window) }
    end
  end
end

function Ready()
  return vim.wait(DEADLINE, function() return client() ~= nil and client().initialized end)
end

function Comes()
  return vim.wait(DEADLINE, place)
end

function Seen()
  vim.cmd.redraw()
  local row, column, width, height = unpack(place())
  local lines = {}
  for line = row, row + height - 1 do
    local cells = vim.tbl_map(function(cell) return vim.fn.screenstring(line, cell) end, vim.fn.range(column, column + width - 1))
    table.insert(lines, (table.concat(cells):gsub("%s+$", "")))
  end
  return table.concat(lines, "\n")
end

function ErrorsCome()
  return vim.wait(DEADLINE, function() return #vim.diagnostic.get(0, { severity = "ERROR" }) > 0 end)
end

-- jedi-language-server 0.47.0 may take minutes to end by itself.
function Leave()
  client():stop(true)
  vim.schedule(function() vim.cmd.qall({ bang = true }) end)
end

vim.o.columns, vim.o.lines = 120, 60
io.stdout:write("ready\n")
