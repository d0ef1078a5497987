using NodeData.Emulator;
using NodeData.Sdk;
using Quickstart;

// The main job of the client, end to end, on an emulator of the service inside this process: no account, no network.
// Against the service itself, set NODE_DATA_API_KEY and write: using var node = new NodeClient();
await using var emulator = await NodeDataEmulator.StartAsync();
using var steps = new QuickstartSteps(Console.Out);
using var node = steps.CreateClient(emulator, emulator.TestKey);

steps.StartSection("The account");
NodeAccount me = await node.Me.GetAsync();
steps.WriteStep($"{me.Name} <{me.Email}>, {node.Mode} mode, the key may do: {me.Key?.Scopes}");

steps.StartSection("A restricted key for 90 days");
CreatedApiKey key = await node.Keys.CreateAsync(
    new CreateApiKeyOptions("ci-deploys") { Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload], ExpiresIn = TimeSpan.FromDays(90) }
);
steps.WriteStep($"{key.Name}: {key.Secret} ({key.Id}), may do: {key.Scopes}, expires {key.ExpiresAt:yyyy-MM-dd}");

steps.StartSection("What it may do, and what it may not");
using var restricted = steps.CreateClient(emulator, key.Secret);
steps.WriteStep($"It proves who it is: {(await restricted.Me.GetAsync()).Key?.Id}");
await steps.ExpectAsync<NodeDataPermissionException>("It cannot make keys", () => restricted.Keys.CreateAsync("another"));
await steps.ExpectAsync<NodeDataConfigurationException>("Test never touches live", () => node.Keys.CreateAsync("mixed-up", KeyMode.Live));

steps.StartSection("Rotation with an overlap");
CreatedApiKey next = await node.Keys.CreateAsync(
    new CreateApiKeyOptions("ci-deploys") { Scopes = key.Scopes ?? [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromDays(90) }
);
using var replacement = steps.CreateClient(emulator, next.Secret);
steps.WriteStep($"Both work for a while: {(await restricted.Me.GetAsync()).Key?.Id} and {(await replacement.Me.GetAsync()).Key?.Id}");
ApiKeyInfo revoked = await node.Keys.RevokeAsync(key.Id);
steps.WriteStep($"The old one is now {revoked.Status}");
await steps.ExpectAsync<NodeDataAuthenticationException>("The old key is refused", () => restricted.Me.GetAsync());
steps.WriteStep($"The new one works: {(await replacement.Me.GetAsync()).Key?.Id}");

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
