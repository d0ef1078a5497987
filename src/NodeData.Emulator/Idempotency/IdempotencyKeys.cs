using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Idempotency;

/// <summary>
/// The same request under the same idempotency key gets the same answer (contract, "API keys"). Answers are stored along with the work, in one transaction;
/// that a request is still at work is known in memory only, so that an emulator that was killed leaves no key stuck.
/// </summary>
internal sealed class IdempotencyKeys
{
    public const string HeaderName = "Idempotency-Key";

    public const string Table = """
        CREATE TABLE remembered_answers (
            key_id TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            request BLOB NOT NULL,
            answer BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (key_id, idempotency_key)
        ) STRICT;
        """;

    private const int MaxKeyLength = 255;
    private const long RetryAfterSeconds = 1;
    private const long RetentionMilliseconds = 24 * 60 * 60 * 1_000;

    private readonly HashSet<(string KeyId, string IdempotencyKey)> _inProgress = [];

    /// <summary>The idempotency key of a request; null where it has none, or where the method heeds none.</summary>
    public static string? Read(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.Headers.TryGetValue(HeaderName, out var values))
        {
            return null;
        }

        return values is [{ Length: >= 1 and <= MaxKeyLength } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw ApiErrorException.Invalid(HeaderName, $"{HeaderName} is 1 to {MaxKeyLength} visible ASCII characters.");
    }

    /// <summary>Marks a request as at work until the result is disposed; refuses it where another is.</summary>
    public IDisposable Start(string keyId, string idempotencyKey)
    {
        lock (_inProgress)
        {
            return _inProgress.Add((keyId, idempotencyKey))
                ? new InProgressRequest(this, keyId, idempotencyKey)
                : throw ApiErrorException.RequestInProgress(RetryAfterSeconds);
        }
    }

    /// <summary>Gives the remembered answer, or does the work and remembers its answer.</summary>
    public static Response Run(Call call, string idempotencyKey, Session session, Func<Response> work)
    {
        var request = ComputeRequestDigest(call);
        session.Execute("DELETE FROM remembered_answers WHERE created_at <= $then", ("$then", call.Now - RetentionMilliseconds));
        var stored = session.Query(
            "SELECT request, answer FROM remembered_answers WHERE key_id = $key_id AND idempotency_key = $idempotency_key",
            row => (Request: (byte[])row[0], Answer: (byte[])row[1]),
            ("$key_id", call.Caller.Key.Id),
            ("$idempotency_key", idempotencyKey)
        );
        if (stored.Count > 0)
        {
            return stored[0].Request.AsSpan().SequenceEqual(request)
                ? EncryptedResponse.Decrypt(stored[0].Answer, call.Caller.ApiKey)
                : throw ApiErrorException.IdempotencyConflict();
        }

        var response = GetResponse(call, work);
        if (response.Status is >= 200 and < 300 or >= 400 and < 500 and not (401 or 409 or 429))
        {
            session.Execute(
                "INSERT INTO remembered_answers VALUES ($key_id, $idempotency_key, $request, $answer, $created_at)",
                ("$key_id", call.Caller.Key.Id),
                ("$idempotency_key", idempotencyKey),
                ("$request", request),
                ("$answer", EncryptedResponse.Encrypt(response with { RepeatedRequestId = call.RequestId }, call.Caller.ApiKey)),
                ("$created_at", call.Now)
            );
        }

        return response;
    }

    // Work refuses before it writes, so a refusal may be remembered in the same transaction.
    private static Response GetResponse(Call call, Func<Response> work)
    {
        try
        {
            return work();
        }
        catch (ApiErrorException error)
        {
            return error.ToResponse(call.RequestId);
        }
    }

    // Keyed with the caller's key: a body that holds a key must not be found by trying.
    private static byte[] ComputeRequestDigest(Call call)
    {
        using var digest = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(call.Caller.ApiKey.Reveal()));
        digest.AppendData(Encoding.UTF8.GetBytes($"{call.Method} {call.Path}\n"));
        digest.AppendData(call.Body.Span);
        return digest.GetHashAndReset();
    }

    private sealed class InProgressRequest(IdempotencyKeys keys, string keyId, string idempotencyKey) : IDisposable
    {
        public void Dispose()
        {
            lock (keys._inProgress)
            {
                keys._inProgress.Remove((keyId, idempotencyKey));
            }
        }
    }
}
