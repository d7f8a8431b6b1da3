-- What Neovim is asked for: the language server's responses, and what comes up when keys are typed.

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

-- A file for each text.
local function answer(question)
  local uri = vim.uri_from_fname(vim.fn.getcwd() .. "/chat_" .. vim.fn.sha256(question.text) .. ".py")
  if not opened[uri] then
    opened[uri] = true
    client():notify("textDocument/didOpen", {
      textDocument = { uri = uri, languageId = "python", version = 1, text = question.text },
    })
  end
  local ask = question.method == "textDocument/diagnostic" and diagnostics or request
  return ask(question.method, { textDocument = { uri = uri }, position = question.position })
end

function Ask(questions)
  return vim.tbl_map(function(question) return answer(question) or vim.NIL end, questions)
end

function Ready()
  vim.wait(DEADLINE, function() return client() and client().initialized end)
end

function ErrorsCome()
  vim.wait(DEADLINE, function() return #vim.diagnostic.get(0, { severity = "ERROR" }) > 0 end)
end

-- The lines of what has come up: the menu, or a window that floats.
local function lines()
  if vim.fn.pumvisible() == 1 then
    return vim.tbl_map(function(item) return item.word end, vim.fn.complete_info({ "items" }).items)
  end
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
    end
  end
end

function Seen()
  vim.wait(DEADLINE, lines)
  return table.concat(lines(), "\n")
end

io.stdout:write("ready\n")
