-- Days of tags are forgotten after some time, wherever they are: no page shows them.
CREATE INDEX tag_pull_days_day ON tag_pull_days (day);
