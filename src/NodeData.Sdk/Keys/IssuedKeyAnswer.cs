using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys;

/// <summary>The wire shape of a key that was just made: the only answer with a secret.</summary>
internal sealed class IssuedKeyAnswer : ApiKeyAnswer
{
    public string? Secret { get; set; }

    public static AnswerReader<CreatedApiKey> Reader(KeyMode mode)
    {
        var read = JsonAnswer.Of(KeysJson.Default.IssuedKeyAnswer, answer => answer);
        return (in answer) =>
        {
            var issued = read(answer);
            return ApiKey.TryParse(issued.Secret, out var secret) && secret.Mode == mode
                ? new CreatedApiKey(issued.ToModel(), secret)
                : throw JsonAnswer.Unreadable(
                    answer,
                    $"made the key {issued.Id}, but holds no {mode.ToWord()} key as its secret. The secret cannot be had again: revoke that key"
                );
        };
    }
}
