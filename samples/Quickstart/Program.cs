using NodeData.Emulator;
using NodeData.Sdk;
using Quickstart;

// The main tasks of the client, end to end, with an emulator of the service in this process: no account and no network are needed.
// To use the service itself, set NODE_DATA_API_KEY and write: using var node = new NodeClient();
await using var emulator = await NodeDataEmulator.StartAsync();
using var steps = new QuickstartSteps(Console.Out);
using var node = steps.CreateClient(emulator, emulator.TestKey);

steps.StartSection("The account");
NodeAccount me = await node.Me.GetAsync();
steps.WriteStep($"{me.Name} <{me.Email}>, {node.Mode} mode, scopes of the key: {me.Key?.Scopes}");

steps.StartSection("A restricted key for 90 days");
CreatedApiKey key = await node.Keys.CreateAsync(
    new CreateApiKeyOptions("ci-deploys") { Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload], ExpiresIn = TimeSpan.FromDays(90) }
);
steps.WriteStep($"{key.Name}: {key.Secret} ({key.Id}), scopes: {key.Scopes}, expires {key.ExpiresAt:yyyy-MM-dd}");

steps.StartSection("What a restricted key can and cannot do");
using var restricted = steps.CreateClient(emulator, key.Secret);
steps.WriteStep($"It can read its own account: {(await restricted.Me.GetAsync()).Key?.Id}");
await steps.ExpectAsync<NodeDataPermissionException>("It cannot create keys", () => restricted.Keys.CreateAsync("another"));
await steps.ExpectAsync<NodeDataConfigurationException>(
    "A test key cannot act on live mode",
    () => node.Keys.CreateAsync("mixed-up", KeyMode.Live)
);

steps.StartSection("Rotation with an overlap");
CreatedApiKey next = await node.Keys.CreateAsync(
    new CreateApiKeyOptions("ci-deploys") { Scopes = key.Scopes ?? [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromDays(90) }
);
using var replacement = steps.CreateClient(emulator, next.Secret);
steps.WriteStep(
    $"Both keys work during the overlap: {(await restricted.Me.GetAsync()).Key?.Id} and {(await replacement.Me.GetAsync()).Key?.Id}"
);
ApiKeyInfo revoked = await node.Keys.RevokeAsync(key.Id);
steps.WriteStep($"The old key is now {revoked.Status}");
await steps.ExpectAsync<NodeDataAuthenticationException>("The old key is rejected", () => restricted.Me.GetAsync());
steps.WriteStep($"The new key works: {(await replacement.Me.GetAsync()).Key?.Id}");

steps.StartSection("A key that expires");
emulator.Clock.Advance(TimeSpan.FromDays(91));
await steps.ExpectAsync<NodeDataAuthenticationException>("91 days later", () => replacement.Me.GetAsync());

steps.StartSection("All keys");
await foreach (ApiKeyInfo info in node.Keys.ListAsync())
{
    steps.WriteStep($"{info.Hint, -16} {info.Status, -8} {info.Name}");
}

steps.StartSection("No secret was printed");
return steps.Complete(emulator.TestKey, key.Secret, next.Secret);
