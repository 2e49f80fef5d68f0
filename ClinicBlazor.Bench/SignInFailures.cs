using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Bench;

/// <summary>
/// How long a failed sign-in takes, by what is wrong with it, and a request for a new password, by whether its address is
/// known; limit: medians within 10 % of one another. The kinds take turns, so that what else the machine does meets all.
/// </summary>
internal static partial class SignInFailures
{
    private const int Tries = 200;
    private const int FailuresUntilLock = 5;
    private const string Password = "Clinic-Demo-2026!";
    private const string WrongPassword = "Wrong-Horse-9-Battery";
    private const string Invited = "newcomer@patient.example";

    public static async Task MeasureAsync(string clinic, WorkFolder work)
    {
        await using var server = await Server.StartAsync(clinic, work.Folder("failures-data"));
        using var stranger = new Visitor(server.Address);
        using var known = new Visitor(server.Address);
        await stranger.SendAsync("Register", ("Input.DisplayName", "Nele Newcomer"), ("Input.Email", Invited));
        await known.SignInAsync("carol@patient.example", Password);
        known.LeaveSession();
        await FailAsync(stranger, "bob@patient.example");
        await FailAsync(known, "carol@patient.example");
        Kind[] kinds =
        [
            new("unknown account", () => stranger.SignInAsync("nobody@patient.example", Password)),
            new("wrong password", () => stranger.SignInAsync("alice@patient.example", WrongPassword)),
            new("locked account", () => stranger.SignInAsync("bob@patient.example", Password)),
            new("account not in use", () => stranger.SignInAsync(Invited, Password)),
            new("locked known browser", () => known.SignInAsync("carol@patient.example", Password)),
        ];
        Kind[] resets =
        [
            new("known address", () => stranger.SendAsync("ForgotPassword", ("Input.Email", "alice@patient.example"))),
            new("unknown address", () => stranger.SendAsync("ForgotPassword", ("Input.Email", "nobody@patient.example"))),
        ];

        for (var i = 0; i < Tries; i++)
        {
            foreach (var kind in kinds.Concat(resets))
            {
                kind.Times.Add(await kind.TryAsync());
            }

            // One failure before the lock, a right password forgets the others.
            if (i % (FailuresUntilLock - 1) == FailuresUntilLock - 2)
            {
                using var alice = new Visitor(server.Address);
                await alice.SignInAsync("alice@patient.example", Password);
            }
        }

        Report("failed sign-in", kinds);
        Report("request for a new password", resets);
    }

    private static async Task FailAsync(Visitor visitor, string email)
    {
        for (var i = 0; i < FailuresUntilLock; i++)
        {
            await visitor.SignInAsync(email, WrongPassword);
        }
    }

    private static void Report(string what, Kind[] kinds)
    {
        Console.WriteLine($"{what}, ms over {Tries} tries each: min, p25, median, p75, p95");
        foreach (var kind in kinds)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                    $"| {kind.Name} | {kind.At(0):F1} | {kind.At(25):F1} | {kind.At(50):F1} | {kind.At(75):F1} | {kind.At(95):F1} |"));
        }

        var medians = kinds.Select(kind => kind.At(50)).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest median to fastest: {medians.Max() / medians.Min():F3}"));
    }

    /// <summary>One reason to fail, or one kind of address, with how long each try took in milliseconds.</summary>
    private sealed record Kind(string Name, Func<Task<double>> TryAsync)
    {
        public List<double> Times { get; } = [];

        public double At(int percent) => Times.Order().ElementAt(Math.Min(Times.Count - 1, Times.Count * percent / 100));
    }

    /// <summary>A browser without scripts and with its own cookies.</summary>
    private sealed partial class Visitor : IDisposable
    {
        private readonly CookieContainer cookies = new();
        private readonly HttpClient client;
        private readonly Dictionary<string, string> tokens = [];

        public Visitor(Uri site) =>
            client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = site };

        /// <summary>Drops the session's cookie, as closing the browser does.</summary>
        public void LeaveSession() => cookies.GetAllCookies().Single(cookie => cookie.Name == "clinic-session").Expired = true;

        /// <summary>Sends the sign-in form; answers with the milliseconds that took.</summary>
        public Task<double> SignInAsync(string email, string password) =>
            SendAsync("Login", ("Input.Email", email), ("Input.Password", password));

        public async Task<double> SendAsync(string page, params (string Name, string Value)[] fields)
        {
            var address = new Uri($"/Identity/Account/{page}", UriKind.Relative);
            if (!tokens.TryGetValue(page, out var token))
            {
                token = Token().Match(await client.GetStringAsync(address)).Groups["value"].Value;
                tokens.Add(page, token);
            }

            using var form = new FormUrlEncodedContent(
                [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
                KeyValuePair.Create("__RequestVerificationToken", token)]);
            var watch = Stopwatch.StartNew();
            using var answer = await client.PostAsync(address, form);
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect
                ? watch.Elapsed.TotalMilliseconds
                : throw new InvalidOperationException($"{page} answered {answer.StatusCode}.");
        }

        public void Dispose() => client.Dispose();

        [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<value>[^\"]+)\"", RegexOptions.NonBacktracking)]
        private static partial Regex Token();
    }
}
