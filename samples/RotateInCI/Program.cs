using NodeData.Emulator;
using NodeData.Sdk;
using RotateInCI;

// A CI job that rotates a key while 16 workers use it, in two runs: the first starts the rotation, a later one completes it. It runs against an emulator in
// this process, with a real overlap of three seconds, and exits with an error if a call of a worker failed.
await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false });
string folder = Directory.CreateTempSubdirectory("rotate-in-ci-").FullName;
string keyPath = Path.Combine(folder, "node-data-key"); // where a secret manager mounts the key

// The job's key can manage keys; the workers' key can only read models.
using var admin = new NodeClient(new NodeClientOptions { ApiKey = emulator.LiveKey, BaseAddress = emulator.BaseAddress });
CreatedApiKey first = await admin.Keys.CreateAsync(
    new CreateApiKeyOptions("workers") { Scopes = [ApiKeyScope.ModelsRead], ExpiresIn = TimeSpan.FromDays(90) }
);
var sink = new FileApiKeySink(keyPath);
await sink.DeployAsync(first, CancellationToken.None);

var options = new ApiKeyRotationOptions
{
    Overlap = TimeSpan.FromSeconds(3),
    Sinks = [sink],
    Store = new FileApiKeyRotationStore(Path.Combine(folder, "rotations")), // kept from one run of the job to the next
    Progress = new ConsoleProgress(),
};
Console.WriteLine(await admin.Keys.PreviewKeyRotationAsync(first.Id, options));

using var workers = Workers.Start(16, emulator.BaseAddress, $"file:{keyPath}");
await workers.WaitForCallsAsync();

Console.WriteLine("\n== The first run of the job");
ApiKeyRotation started = await admin.Keys.StartKeyRotationAsync(first.Id, options);
await workers.WaitForCallsAsync();

Console.WriteLine("\n== A run before the overlap ends");
ApiKeyRotation early = await admin.Keys.CompleteKeyRotationAsync(started.RotationId, options);
Console.WriteLine(early.IsCompleted ? "Completed." : $"Not yet: both keys are valid until {early.OverlapEndsAt:T}.");
await workers.WaitForCallsAsync(notBefore: started.OverlapEndsAt);

Console.WriteLine("\n== A later run");
ApiKeyRotation completed = await admin.Keys.CompleteKeyRotationAsync(started.RotationId, options);
Console.WriteLine(completed);
await workers.WaitForCallsAsync();

(int calls, int failures) = await workers.StopAsync();
List<ApiKeyInfo> active = admin
    .Keys.List()
    .Where(key => key.Name!.StartsWith("workers", StringComparison.Ordinal) && key.Status == ApiKeyStatus.Active)
    .ToList();
Console.WriteLine($"\n16 workers, {failures} failed calls, {(calls > 64 ? "more than 64 calls in total" : "too few calls in total")}.");
Console.WriteLine($"Active: {string.Join(", ", active.Select(key => $"{key.Hint} {key.Name}"))}");
Directory.Delete(folder, recursive: true);
return failures == 0 && calls > 64 && completed.IsCompleted && active.Count == 1 && active[0].Id == completed.NewKeyId ? 0 : 1;
