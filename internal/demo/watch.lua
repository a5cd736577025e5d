-- Tells the demo's console of each request as it came, and of its answer. It
-- also sends browsers to the demo's Frontend API, which speaks plain http on
-- loopback: the filter names it by its https URL, as it would in production.

local function lines(headers)
  local all = {}
  for name, value in pairs(headers) do
    all[#all + 1] = name .. ": " .. value
  end
  return table.concat(all, "\n")
end

local function tell(handle, phase, id, text)
  handle:httpCall("console", {
    [":method"] = "POST", [":authority"] = "console", [":path"] = "@SINK@/" .. phase .. "/" .. id,
  }, text, 1000, true)
end

function envoy_on_request(handle)
  local headers = handle:headers()
  local path, id = headers:get(":path"), headers:get("x-request-id")
  if id == nil or path == nil or path:sub(1, 6) == "/demo/" then
    return
  end
  handle:streamInfo():dynamicMetadata():set("demo", "id", id)
  tell(handle, "@PHASE@", id, lines(headers))
end

function envoy_on_response(handle)
  if "@PHASE@" ~= "received" then
    return
  end
  local headers = handle:headers()
  local location = headers:get("location")
  local named, actual = "@NAMED@/", "@ACTUAL@/"
  if location ~= nil and location:sub(1, #named) == named then
    headers:replace("location", actual .. location:sub(#named + 1))
  end
  local known = handle:streamInfo():dynamicMetadata():get("demo")
  if known == nil then
    return
  end
  local text = lines(headers)
  for _, name in ipairs({ "status", "reason" }) do
    local ok, value = pcall(function()
      return handle:streamInfo():filterState():get("wasm.identity." .. name)
    end)
    if ok and value ~= nil then
      text = text .. "\n:identity-" .. name .. ": " .. tostring(value)
    end
  end
  tell(handle, "answered", known["id"], text)
end
