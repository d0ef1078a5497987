using System.Globalization;
using System.Text;
using StackExchange.Redis;

// REDIS EFFECTS LEASE-MS: one process of a fleet that receives events. Each handled event is a line in the file EFFECTS, flushed to disk before the handler
// returns. The handler of an event whose id starts with "slow" waits until the file EFFECTS.ID exists. The secret is in NODE_DATA_WEBHOOK_SECRET.
var (redis, effects) = (args[0], args[1]);
var settings = ConfigurationOptions.Parse(redis);
(settings.AbortOnConnectFail, settings.ReconnectRetryPolicy) = (false, new LinearRetry(100));
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
builder.Services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync(settings));
builder.Services.AddNodeDataRedisClaimStore(options => options.CallTimeout = TimeSpan.FromMinutes(1));
var app = builder.Build();
var writeLock = new SemaphoreSlim(1);
await using var file = new FileStream(effects, FileMode.Append, FileAccess.Write, FileShare.Read);
app.MapNodeDataWebhooks(
    "/webhooks",
    on =>
        on.Any(
            async (e, _) =>
            {
                while (e.Event.Id!.StartsWith("slow", StringComparison.Ordinal) && !File.Exists($"{effects}.{e.Event.Id}"))
                {
                    await Task.Delay(20, CancellationToken.None);
                }

                await writeLock.WaitAsync(CancellationToken.None);
                try
                {
                    await file.WriteAsync(Encoding.UTF8.GetBytes($"{e.Event.Id} {e.Attempt}\n"), CancellationToken.None);
                    file.Flush(flushToDisk: true);
                }
                finally
                {
                    writeLock.Release();
                }
            }
        ),
    options =>
    {
        options.Lease = TimeSpan.FromMilliseconds(long.Parse(args[2], CultureInfo.InvariantCulture));
        options.Timeout = TimeSpan.FromMinutes(2);
    }
);
await app.StartAsync();
Console.WriteLine($"listening {app.Urls.First()}");
await app.WaitForShutdownAsync();
