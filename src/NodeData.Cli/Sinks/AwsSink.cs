using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>A secret of AWS Secrets Manager, through <c>aws</c>: made where there is none, else given a new value, the one before staying as AWSPREVIOUS.</summary>
internal sealed class AwsSink : Sink
{
    // The tool reads the value itself, so that it is no argument.
    private const string StandardInputFile = "file:///dev/stdin";

    private readonly SinkProgram _aws;
    private readonly string _id;
    private bool _secretExists;

    /// <exception cref="CommandFailedException">The text can be no secret's name.</exception>
    public AwsSink(string reference, string id, SinkSetting setting)
        : base(reference)
    {
        // Names as AWS has them, and ARNs.
        if (
            id.StartsWith('-')
            || !id.All(character => char.IsAsciiLetterOrDigit(character) || "/_+=.@-:!".Contains(character, StringComparison.Ordinal))
        )
        {
            throw CommandFailedException.Usage(
                $"--to {reference} names no secret of AWS Secrets Manager. Write aws: and its name or ARN: aws:node-data/api-key"
            );
        }

        _id = id;
        _aws = new SinkProgram(setting.Terminal, "aws")
        {
            Variables = new Dictionary<string, string> { ["AWS_PAGER"] = "", ["AWS_CLI_AUTO_PROMPT"] = "off" },
        };
    }

    public override string Name => $"AWS secret {_id}";

    public override string Removal =>
        _secretExists
            ? $"aws secretsmanager update-secret-version-stage --secret-id {_id} --version-stage AWSCURRENT (to its version AWSPREVIOUS)"
            : $"aws secretsmanager delete-secret --secret-id {_id}";

    public override async Task CheckAsync(CancellationToken cancellationToken)
    {
        _aws.Require(Reference, "Install the AWS CLI, and log in: aws configure, or aws sso login");
        if (OperatingSystem.IsWindows())
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: on Windows aws reads no secret from standard input. Use WSL, or name another place."
            );
        }

        _secretExists = await SecretExistsAsync(cancellationToken).ConfigureAwait(false);
        if (!_secretExists && _id.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: there is no such secret, and one is made by its name only. Write aws:NAME."
            );
        }
    }

    public override async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Looked at anew: a rotation that is gone on with may find what the run before made.
        string[] operation = await SecretExistsAsync(cancellationToken).ConfigureAwait(false)
            ? ["put-secret-value", "--secret-id"]
            : ["create-secret", "--name"];
        var run = await _aws.RunAsync(
                ["secretsmanager", .. operation, _id, "--secret-string", StandardInputFile],
                key.Reveal(),
                cancellationToken
            )
            .ConfigureAwait(false);
        run.RequireSuccess($"aws secretsmanager {operation[0]}");
    }

    private async Task<bool> SecretExistsAsync(CancellationToken cancellationToken)
    {
        var run = await _aws.RunAsync(["secretsmanager", "describe-secret", "--secret-id", _id], cancellationToken).ConfigureAwait(false);
        // Who may put a value need not be allowed to look.
        return run.IsSuccess || run.MessageContains("AccessDenied") ? true
            : run.MessageContains("ResourceNotFoundException") ? false
            : throw CommandFailedException.Usage(
                $"--to {Reference}: aws could not look at the secret ({run.Message}). See: aws sts get-caller-identity"
            );
    }
}
