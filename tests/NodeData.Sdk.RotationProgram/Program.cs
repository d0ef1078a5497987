using System.Globalization;
using NodeData.Sdk;
using NodeData.Sdk.RotationProgram;

// Rotates a key and is killed at a given point. Arguments: the operation, the base address, the key of the client (a reference), the id of the old key or of
// the rotation, the folder of the store, the files to deploy to. KILL_AT: the point at which to kill the program; OVERLAP: in seconds, which pass at once;
// IGNORE_IDEMPOTENCY: simulate a service that ignores the idempotency key. Prints each point that it passes. Exits with 0, with 3 if a deployed key was not
// accepted, with 137 if it was killed.
var (operation, address, key, id, folder, paths) = (args[0], new Uri(args[1]), args[2], args[3], args[4], args[5..]);
using var deployedKeys = new DeployedKeys(address, paths);
var killPoints = new KillPoints(deployedKeys);
using var http = new HttpClient(new KillPointHandler(killPoints)) { Timeout = Timeout.InfiniteTimeSpan };
using var node = new NodeClient(
    http,
    new NodeClientOptions
    {
        ApiKey = key,
        BaseAddress = address,
        // Only for hangs: another attempt would add a point.
        AttemptTimeout = TimeSpan.FromMinutes(5),
        TotalTimeout = TimeSpan.FromMinutes(15),
        TimeProvider = new ImmediateTimeProvider(),
    }
);
var options = new ApiKeyRotationOptions
{
    Overlap = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("OVERLAP") ?? "2", CultureInfo.InvariantCulture)),
    Sinks = [.. paths.Select(path => new KillPointSink(new FileApiKeySink(path), killPoints))],
    Store = new KillPointStore(new FileApiKeyRotationStore(folder), killPoints),
    OldKey = ApiKey.TryParse(Environment.GetEnvironmentVariable("OLD_KEY"), out var oldKey) ? oldKey : null,
};
try
{
    var receipt = await (
        operation switch
        {
            "rotate" => node.Keys.RotateAsync(id, options),
            "start" => node.Keys.StartKeyRotationAsync(id, options),
            "complete" => node.Keys.CompleteKeyRotationAsync(id, options),
            "roll-back" => node.Keys.RollBackKeyRotationAsync(id, options),
            _ => throw new ArgumentException($"Unknown operation: {operation}."),
        }
    );
    Console.WriteLine(receipt);
}
catch (ApiKeyRotationException completed) when (operation == "rotate" && completed.ErrorCode == ApiKeyRotationErrorCode.AlreadyCompleted)
{
    // An earlier run was killed after it had completed the rotation.
    Console.WriteLine(completed.Message);
}
