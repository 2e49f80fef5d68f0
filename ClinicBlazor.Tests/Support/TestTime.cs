namespace ClinicBlazor.Tests.Support;

/// <summary>Waits for what happens in the background.</summary>
internal static class TestTime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until something is so; does something each time that it is not yet. Fails the test when it never is.</summary>
    public static async Task WaitUntilAsync(Func<bool> isSo, Action? meanwhile = null, TimeSpan? atMost = null)
    {
        using var patience = new CancellationTokenSource(atMost ?? Patience);
        while (!isSo())
        {
            await Task.Delay(Step, patience.Token);
            meanwhile?.Invoke();
        }
    }

    /// <summary>Waits until something is so that must be looked up. Fails the test when it never is.</summary>
    public static async Task WaitUntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            await Task.Delay(Step, patience.Token);
        }
    }
}
