using System.Globalization;
using NodeData.Sdk;
using NodeData.Sdk.RotationProgram;

// Rotates a key and dies where it is told to. Arguments: the door, the address, the key to run on (a reference), the id of the old key or the rotation, the
// folder of the log, the files to deploy to. KILL_AT: at which point to die; OVERLAP: in seconds, which pass at once; IGNORE_IDEMPOTENCY: be a client of a service that ignores the idempotency key.
// Prints each point that it passes; ends with 0, with 3 where a deployed key did not work, with 137 where it was killed.
var (door, address, key, id, folder, places) = (args[0], new Uri(args[1]), args[2], args[3], args[4], args[5..]);
using var deployed = new Places(address, places);
var points = new Points(deployed);
using var http = new HttpClient(new PointsOnTheWire(points)) { Timeout = Timeout.InfiniteTimeSpan };
using var node = new NodeClient(
    http,
    new NodeClientOptions
    {
        ApiKey = key,
        BaseAddress = address,
        // For a hang alone: an attempt more would be a point more.
        AttemptTimeout = TimeSpan.FromMinutes(5),
        TotalTimeout = TimeSpan.FromMinutes(15),
        TimeProvider = new ImpatientClock(),
    }
);
var plan = new ApiKeyRotationOptions
{
    Overlap = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("OVERLAP") ?? "2", CultureInfo.InvariantCulture)),
    Sinks = [.. places.Select(place => new PointsAtSink(new FileApiKeySink(place), points))],
    Store = new PointsInLog(new FileApiKeyRotationStore(folder), points),
    OldKey = ApiKey.TryParse(Environment.GetEnvironmentVariable("OLD_KEY"), out var oldKey) ? oldKey : null,
};
var receipt = await (
    door switch
    {
        "rotate" => node.Keys.RotateAsync(id, plan),
        "begin" => node.Keys.StartKeyRotationAsync(id, plan),
        "complete" => node.Keys.CompleteKeyRotationAsync(id, plan),
        "abort" => node.Keys.RollBackKeyRotationAsync(id, plan),
        _ => throw new ArgumentException($"There is no door called {door}."),
    }
);
Console.WriteLine(receipt);
