using System.Globalization;
using NodeData.Sdk;
using NodeData.Sdk.RotationProgram;

// Rotates a key and dies where it is told to. Arguments: the door, the address, the key to run on (a reference), the id of the old key or the rotation, the
// folder of the log, the files to deploy to. KILL_AT: at which point to die; OVERLAP: in seconds, which pass at once; IGNORE_IDEMPOTENCY: be a client of a service that ignores the idempotency key.
// Prints each point that it passes; ends with 0, with 3 where a deployed key did not work, with 137 where it was killed.
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
        // For a hang alone: an attempt more would be a point more.
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
var receipt = await (
    operation switch
    {
        "rotate" => node.Keys.RotateAsync(id, options),
        "begin" => node.Keys.StartKeyRotationAsync(id, options),
        "complete" => node.Keys.CompleteKeyRotationAsync(id, options),
        "abort" => node.Keys.RollBackKeyRotationAsync(id, options),
        _ => throw new ArgumentException($"There is no door called {operation}."),
    }
);
Console.WriteLine(receipt);
