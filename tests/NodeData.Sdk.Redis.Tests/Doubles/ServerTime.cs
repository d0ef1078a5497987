using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>Advances the time of a Redis server without waiting: shortens the remaining time to live of its keys.</summary>
internal static class ServerTime
{
    private const string Script = """
        for _, key in ipairs(redis.call('KEYS', ARGV[1] .. '*')) do
          local left = redis.call('PTTL', key)
          if left >= 0 then
            redis.call('PEXPIRE', key, left - ARGV[2])
          end
        end
        """;

    /// <summary>Shortens the remaining time to live of the keys with a prefix.</summary>
    /// <param name="database">The database.</param>
    /// <param name="prefix">The prefix of the keys.</param>
    /// <param name="time">The duration.</param>
    public static Task AdvanceAsync(IDatabase database, string prefix, TimeSpan time) =>
        database.ScriptEvaluateAsync(Script, values: [prefix, (long)Math.Ceiling(time.TotalMilliseconds)]);
}
