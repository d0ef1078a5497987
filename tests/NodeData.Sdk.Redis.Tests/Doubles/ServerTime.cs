using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>Lets time pass on a Redis without waiting for it: takes it from what is left of the keys.</summary>
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

    /// <param name="database">Where.</param>
    /// <param name="prefix">For which keys: those that begin so.</param>
    /// <param name="time">How much.</param>
    public static Task AdvanceAsync(IDatabase database, string prefix, TimeSpan time) =>
        database.ScriptEvaluateAsync(Script, values: [prefix, (long)Math.Ceiling(time.TotalMilliseconds)]);
}
