using NodeData.Emulator;
using NodeData.Sdk;
using Quickstart;

// The main job of the client, end to end, on an emulator of the service inside this process: no account, no network.
// Against the service itself, set NODE_DATA_API_KEY and write: using var node = new NodeClient();
await using var emulator = await NodeDataEmulator.StartAsync();
using var story = new Story(Console.Out);
using var node = story.Client(emulator, emulator.TestKey);

story.Chapter("The account");
NodeAccount me = await node.Me.GetAsync();
story.Tell($"{me.Name} <{me.Email}>, {node.Mode} mode, the key may do: {me.Key?.Scopes}");

story.Chapter("A restricted key for 90 days");
CreatedApiKey key = await node.Keys.CreateAsync(
    new CreateApiKeyOptions("ci-deploys") { Scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload], ExpiresIn = TimeSpan.FromDays(90) }
);
story.Tell($"{key.Name}: {key.Secret} ({key.Id}), may do: {key.Scopes}, expires {key.ExpiresAt:yyyy-MM-dd}");

story.Chapter("What it may do, and what it may not");
using var restricted = story.Client(emulator, key.Secret);
story.Tell($"It proves who it is: {(await restricted.Me.GetAsync()).Key?.Id}");
await story.Refused<NodeDataPermissionException>("It cannot make keys", () => restricted.Keys.CreateAsync("another"));
await story.Refused<NodeDataConfigurationException>("Test never touches live", () => node.Keys.CreateAsync("mixed-up", KeyMode.Live));

story.Chapter("Rotation with an overlap");
CreatedApiKey next = await node.Keys.CreateAsync(
    new CreateApiKeyOptions("ci-deploys") { Scopes = key.Scopes ?? [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromDays(90) }
);
using var replacement = story.Client(emulator, next.Secret);
story.Tell($"Both work for a while: {(await restricted.Me.GetAsync()).Key?.Id} and {(await replacement.Me.GetAsync()).Key?.Id}");
ApiKeyInfo revoked = await node.Keys.RevokeAsync(key.Id);
story.Tell($"The old one is now {revoked.Status}");
await story.Refused<NodeDataAuthenticationException>("The old key is refused", () => restricted.Me.GetAsync());
story.Tell($"The new one works: {(await replacement.Me.GetAsync()).Key?.Id}");

story.Chapter("A key that expires");
emulator.Clock.Advance(TimeSpan.FromDays(91));
await story.Refused<NodeDataAuthenticationException>("91 days later", () => replacement.Me.GetAsync());

story.Chapter("All keys");
await foreach (ApiKeyInfo info in node.Keys.ListAsync())
{
    story.Tell($"{info.Hint, -16} {info.Status, -8} {info.Name}");
}

story.Chapter("No secret was printed");
return story.End(emulator.TestKey, key.Secret, next.Secret);
