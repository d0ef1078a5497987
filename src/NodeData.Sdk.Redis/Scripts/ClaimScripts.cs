namespace NodeData.Sdk.Redis.Scripts;

/// <summary>
/// The operations of the claim store; each is one script and therefore atomic. A claim has two keys in one slot: the lease (the owner token; expires with the
/// lease) and the record (a hash of attempts and completed_by; expires with the retention period). Each script has the KEYS lease and record, and the ARGV
/// owner token, lease in ms, retention period in ms, and the longer of the two durations in ms.
/// </summary>
internal static class ClaimScripts
{
    public const long InProgress = 0;
    public const long Claimed = 1;
    public const long Completed = 2;

    /// <summary>Returns a pair: in progress and the remaining lease in ms; claimed and the attempt; or completed and 0.</summary>
    public const string Claim = """
        if redis.call('HEXISTS', KEYS[2], 'completed_by') == 1 then
          return {2, 0}
        end
        local holder = redis.call('GET', KEYS[1])
        if holder and holder ~= ARGV[1] then
          return {0, redis.call('PTTL', KEYS[1])}
        end
        local attempt = holder and redis.call('HGET', KEYS[2], 'attempts')
        if not attempt then
          attempt = redis.call('HINCRBY', KEYS[2], 'attempts', 1)
        end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        redis.call('PEXPIRE', KEYS[2], ARGV[4])
        return {1, tonumber(attempt)}
        """;

    public const string Renew = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then
          return 0
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        redis.call('PEXPIRE', KEYS[2], ARGV[4])
        return 1
        """;

    public const string Complete = """
        if redis.call('HGET', KEYS[2], 'completed_by') == ARGV[1] then
          return 1
        end
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then
          return 0
        end
        redis.call('HSET', KEYS[2], 'completed_by', ARGV[1])
        redis.call('PEXPIRE', KEYS[2], ARGV[3])
        redis.call('DEL', KEYS[1])
        return 1
        """;

    public const string Release = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then
          return 0
        end
        redis.call('DEL', KEYS[1])
        redis.call('PEXPIRE', KEYS[2], ARGV[3])
        return 1
        """;
}
