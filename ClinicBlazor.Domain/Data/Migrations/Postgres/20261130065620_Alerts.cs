using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Alerts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AlertCursor",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertCursor", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Key = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false, collation: "C"),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: true),
                    SubjectId = table.Column<Guid>(type: "uuid", nullable: true),
                    Address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    FirstAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    AcknowledgedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AcknowledgedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Note = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Alerts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ChartVolumes",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Role = table.Column<int>(type: "integer", maxLength: 40, nullable: false),
                    Patients = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChartVolumes", x => new { x.AccountId, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "QueuedNotices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AlertId = table.Column<Guid>(type: "uuid", nullable: false),
                    Notifier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    GivenUpAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QueuedNotices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_QueuedNotices_Alerts_AlertId",
                        column: x => x.AlertId,
                        principalTable: "Alerts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "AlertCursor",
                columns: new[] { "Id", "Sequence" },
                values: new object[] { new Guid("01920000-0000-7000-8000-000000000002"), 0L });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Acknowledged",
                table: "Alerts",
                columns: new[] { "LastAt", "Id" },
                filter: "\"AcknowledgedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_AcknowledgedOfAKind",
                table: "Alerts",
                columns: new[] { "Kind", "LastAt", "Id" },
                filter: "\"AcknowledgedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Kind_Key_AcknowledgedAt",
                table: "Alerts",
                columns: new[] { "Kind", "Key", "AcknowledgedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_OneOpen",
                table: "Alerts",
                columns: new[] { "Kind", "Key" },
                unique: true,
                filter: "\"AcknowledgedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Open",
                table: "Alerts",
                columns: new[] { "LastAt", "Id" },
                filter: "\"AcknowledgedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_OpenOfAKind",
                table: "Alerts",
                columns: new[] { "Kind", "LastAt", "Id" },
                filter: "\"AcknowledgedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ChartVolumes_Day",
                table: "ChartVolumes",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_ChartVolumes_Role_Day",
                table: "ChartVolumes",
                columns: new[] { "Role", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_QueuedNotices_AlertId_Notifier",
                table: "QueuedNotices",
                columns: new[] { "AlertId", "Notifier" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_QueuedNotices_GivenUpAt_DueAt",
                table: "QueuedNotices",
                columns: new[] { "GivenUpAt", "DueAt" });

            migrationBuilder.GuardAlerts();
            migrationBuilder.JudgeFromNowOn();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AlertCursor");

            migrationBuilder.DropTable(
                name: "ChartVolumes");

            migrationBuilder.DropTable(
                name: "QueuedNotices");

            migrationBuilder.DropTable(
                name: "Alerts");
        }
    }
}
