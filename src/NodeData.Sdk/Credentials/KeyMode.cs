namespace NodeData.Sdk;

/// <summary>
/// Defines the service's two isolated environments. Each has its own marketplace, balance and webhook secrets (contract, "Authentication"). No further mode
/// will be added.
/// </summary>
public enum KeyMode
{
    /// <summary>Sandbox data and simulated payments; keys start with <c>nd_test_</c>.</summary>
    Test = 1,

    /// <summary>Real data and real payments; keys start with <c>nd_live_</c>.</summary>
    Live = 2,
}
