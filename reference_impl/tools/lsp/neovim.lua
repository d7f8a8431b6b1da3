-- What a person sees in Neovim, as lines of the screen. A window is laid out only after the event that brings it,
-- so that waiting for one and reading it are two calls.

local DEADLINE = 60000

local function on_screen(row, column, width, height)
  local lines = {}
  for line = row, row + height - 1 do
    local cells = {}
    for cell = column, column + width - 1 do
      table.insert(cells, vim.fn.screenstring(line, cell))
    end
    table.insert(lines, (table.concat(cells):gsub("%s+$", "")))
  end
  return table.concat(lines, "\n")
end

local function float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return window
    end
  end
end

function Ready()
  return vim.wait(DEADLINE, function()
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    return client ~= nil and client.initialized
  end)
end

function FloatComes()
  return vim.wait(DEADLINE, float)
end

function Float()
  vim.cmd.redraw()
  local window = float()
  local row, column = unpack(vim.fn.win_screenpos(window))
  return on_screen(row, column, vim.api.nvim_win_get_width(window), vim.api.nvim_win_get_height(window))
end

function MenuComes()
  return vim.wait(DEADLINE, function() return vim.fn.pumvisible() == 1 end)
end

function Menu()
  vim.cmd.redraw()
  local at = vim.fn.pum_getpos()
  return on_screen(at.row + 1, at.col + 1, at.width, at.height)
end

function Errors()
  local lines = {}
  vim.wait(DEADLINE, function()
    lines = vim.tbl_map(function(error) return error.lnum + 1 end, vim.diagnostic.get(0, { severity = "ERROR" }))
    return #lines > 0
  end)
  return table.concat(lines, " ")
end

vim.o.columns, vim.o.lines = 120, 60
io.stdout:write("ready\n")
