using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// A PostgreSQL server of this test process alone: on the loopback address, in a folder of its own, gone with the
/// process. It gives up durability, which no test asks for, in exchange for speed.
/// </summary>
public sealed class PostgresCluster
{
    // The shell that holds the server ends it when its standard input closes, so also when this process is killed.
    private const string Script = """
        set -e
        read -r password
        folder=$(mktemp -d -t clinic-postgres.XXXXXX)
        trap 'rm -rf "$folder"' EXIT
        printf '%s\n' "$password" > "$folder/password"
        "$1/initdb" -D "$folder/data" -U postgres -A scram-sha-256 --pwfile="$folder/password" -E UTF8 --no-locale --no-sync >&2
        "$1/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 start \
          -o "-h 127.0.0.1 -p $2 -k $folder -N 300 -F -c synchronous_commit=off -c full_page_writes=off" >&2
        echo ready
        read -r _ || true
        "$1/pg_ctl" -D "$folder/data" -m immediate -w stop >&2
        """;

    private static readonly Lazy<Task<PostgresCluster>> Started = new(StartAsync);

    private readonly NpgsqlConnectionStringBuilder server;

    private PostgresCluster(NpgsqlConnectionStringBuilder server) => this.server = server;

    /// <summary>The one cluster; the first caller starts it.</summary>
    public static Task<PostgresCluster> GetAsync() => Started.Value;

    /// <summary>Connection string of a new database, empty or a copy of another one that nobody is connected to.</summary>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"clinic_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template ?? "template0"}\"");
        return new NpgsqlConnectionStringBuilder(server.ToString()) { Database = name }.ToString();
    }

    public async Task DropDatabaseAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync($"DROP DATABASE \"{new NpgsqlConnectionStringBuilder(connectionString).Database}\" WITH (FORCE)");
    }

    private static async Task<PostgresCluster> StartAsync()
    {
        var binaries = FindBinaries() ?? Install();
        var (port, password) = (FreePort(), Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        var start = new ProcessStartInfo
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        string[] shell = ["sh", "-c", Script, "postgres", binaries, port.ToString()];
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. shell] : shell;
        start.FileName = command[0];
        start.WorkingDirectory = "/tmp";
        Array.ForEach(command[1..], start.ArgumentList.Add);

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(process);
        await process.StandardInput.WriteLineAsync(password);
        if (await process.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {await errors}");
        }

        return new PostgresCluster(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Password = password,
            MaxPoolSize = 20,
        });
    }

    private static void End(Process process)
    {
        process.StandardInput.Close();
        process.WaitForExit(TimeSpan.FromSeconds(10));
    }

    private static string? FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;

    private static string Install()
    {
        if (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            string[] commands = ["apt-get update -qq", "apt-get install -y -qq --no-install-recommends postgresql"];
            foreach (var command in commands)
            {
                var start = new ProcessStartInfo("sh", ["-c", $"DEBIAN_FRONTEND=noninteractive {command} >&2"]);
                Process.Start(start)!.WaitForExit();
            }
        }

        return FindBinaries()
            ?? throw new InvalidOperationException("These tests need PostgreSQL's server programs. Debian: apt-get install postgresql.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [SuppressMessage("Security", "CA2100", Justification = "A database's name cannot be a parameter; all of them are made here.")]
    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server.ToString()) { Database = "postgres" }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
